"""What every job stands on: the app of this process, and one transaction at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from base.database import db, take_handed_over
from outside import clock, queue
from website.factory import create_app
from website.transactions import Chorus


@cache
def app() -> Chorus:
    """The app of this process, made at the first call; programs call it before they start threads."""
    return create_app()


@contextmanager
def step() -> Iterator[None]:
    """One transaction of a job, with one time. What it hands over goes to the queue after the commit."""
    with app().app_context(), clock.held():
        try:
            yield
            db.session.commit()
        except BaseException:
            db.session.rollback()
            take_handed_over()
            raise
        handed_over = take_handed_over()
    queue.enqueue_all(handed_over)
