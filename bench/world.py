"""What is measured: people, events, entries and reads, made in the running database by its own actions."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from flask.sessions import SecureCookieSessionInterface
from sqlalchemy import func, select

from accounts.sign_in.actions import remember_device
from backstage.documents.models import Document
from backstage.outbox.models import Mail
from base.database import db, take_handed_over
from bench.house import House
from bench.report import Unmeasured
from outside import clock
from website import transactions
from website.demo.actions import call_mails_sent, reset_season
from website.factory import create_app

QUIET_WITHIN = 300.0


@dataclass(frozen=True)
class Person:
    """Somebody signed in: their id and their browser's cookies."""

    person_id: int
    cookies: dict[str, str]


class World:
    """The database of a running Chorus, changed by actions, committed where requests commit."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.app = create_app(house.settings())

    @contextmanager
    def step(self, *, silent: bool = False) -> Iterator[None]:
        """One transaction. A `silent` one writes nobody: its mails count as sent, no work is handed over."""
        with self.app.app_context(), clock.held():
            try:
                yield
                if silent:
                    call_mails_sent()
                    take_handed_over()
                transactions.commit()
            except BaseException:
                transactions.roll_back()
                raise

    def begin_again(self) -> None:
        """Put the demonstration back to its beginning, and wait until nothing is being worked on."""
        self.wait_until_quiet()
        with self.step(silent=True):
            reset_season()
        self.wait_until_quiet()

    def wait_until_quiet(self) -> None:
        """Wait until no mail and no document waits; raises Unmeasured where that takes too long."""
        until = time.monotonic() + QUIET_WITHIN
        while busy := self._unfinished():
            if time.monotonic() > until:
                raise Unmeasured(f"{busy} mails and documents still wait after {QUIET_WITHIN:.0f} s")
            time.sleep(0.2)

    def _unfinished(self) -> int:
        with self.app.app_context():
            mails = select(func.count()).select_from(Mail).where(Mail.state.in_(("waiting", "sending")))
            documents = (
                select(func.count()).select_from(Document).where(Document.state.in_(("waiting", "making")))
            )
            count = (db.session.scalar(mails) or 0) + (db.session.scalar(documents) or 0)
            db.session.rollback()
            return count

    def sign_in(self, person_id: int) -> Person:
        """Sign a person in, as the sign-in page does; gives the cookie that their browser would hold."""
        with self.step():
            token = remember_device(person_id)
        serializer = SecureCookieSessionInterface().get_signing_serializer(self.app)
        if serializer is None:
            raise Unmeasured("the running Chorus has no secret")
        cookie = serializer.dumps({"_permanent": True, "device": token})
        return Person(person_id, {self.app.config["SESSION_COOKIE_NAME"]: str(cookie)})


def begin_again(world: World, _: int) -> None:
    """Put the demonstration of a World back to its beginning."""
    world.begin_again()
