"""Several people at the same moment, each on a connection of their own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from backstage.answers.actions import Overtaken
from base.database import db
from base.errors import Refused
from tests.waiting import LAST_RESORT
from website.transactions import Chorus


def at_once(app: Chorus, acts: Sequence[Callable[[], Any]]) -> list[str]:
    """Begin all acts together, each in a transaction of its own; gives what each came to, sorted."""
    start = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> str:
        with app.app_context():
            start.wait(LAST_RESORT)
            try:
                act()
                db.session.commit()
            except Overtaken:
                db.session.rollback()
                return "overtaken"
            except Refused as refused:
                db.session.rollback()
                return refused.why
            finally:
                db.session.remove()
            return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(run, acts))
