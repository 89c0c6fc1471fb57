"""The repeating work, as a list in code. One schedule works at a time, under a lock of the database."""

from __future__ import annotations

import logging
import signal
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import SQLAlchemyError

from accounts.privacy.actions import forget_people
from accounts.sign_in.actions import delete_old_requests
from awards.entries.actions import forget_earlier_answers, forget_entries
from awards.judging.actions import forget_comments
from awards.outcomes.actions import forget_reasons, tell_entrants
from awards.panels.actions import forget_lived_experience
from awards.planning.actions import forget_conflicts
from backstage.documents import actions as documents
from backstage.history.actions import forget_changes
from backstage.outbox.actions import delete_old_mails, sweep_mails
from backstage.uploads import actions as uploads
from base.database import db
from base.settings import said_in_one_line
from events.agenda.actions import forget_speakers
from events.needs.actions import forget_needs
from events.programme.actions import make_stale_programmes
from events.registration.actions import forget_registrations
from jobs.heart import Heart, process_name
from jobs.step import app, step
from outside import clock

log = logging.getLogger("jobs.schedule")

LOCK = 7_216_001
DOCUMENT_JOBS = {
    "certificate": "jobs.documents.make_certificates",
    "programme": "jobs.documents.make_programme",
}


@dataclass(frozen=True)
class Repeated:
    """Something done every so many seconds; `do` gets the time and runs in one transaction of its own."""

    name: str
    seconds: int
    do: Callable[[datetime], object]


def sweep_all_documents(now: datetime) -> int:
    """Hand over the documents that no job is coming for."""
    return documents.sweep_documents(DOCUMENT_JOBS, now)


WORK = (
    Repeated("sweep mails", 20, sweep_mails),
    Repeated("sweep documents", 30, sweep_all_documents),
    Repeated("tell entrants", 10, tell_entrants),
    Repeated("make stale programmes", 30, make_stale_programmes),
    Repeated("forget needs", 3600, forget_needs),
    Repeated("forget registrations", 3600, forget_registrations),
    Repeated("forget speakers", 3600, forget_speakers),
    Repeated("forget entries", 3600, forget_entries),
    Repeated("forget earlier answers", 3600, forget_earlier_answers),
    Repeated("forget lived experience of judges", 3600, forget_lived_experience),
    Repeated("forget conflicts of judges", 3600, forget_conflicts),
    Repeated("forget comments on scores", 3600, forget_comments),
    Repeated("forget reasons of outcomes", 3600, forget_reasons),
    Repeated("forget people", 3600, forget_people),
    Repeated("forget changes in the history", 3600, forget_changes),
    Repeated("delete strays of documents", 3600, documents.delete_strays),
    Repeated("delete strays of uploads", 3600, uploads.delete_strays),
    Repeated("delete old mails", 3600, delete_old_mails),
    Repeated("delete old sign-ins", 3600, delete_old_requests),
    Repeated("delete unused uploads", 3600, uploads.delete_unused),
)


def run_due(last_run: dict[str, float], moment: float) -> list[str]:
    """Do what is due at `moment` (seconds of a steady clock); gives the names. One failure stops no other
    work.
    """
    done = []
    for work in WORK:
        if moment - last_run.get(work.name, float("-inf")) < work.seconds:
            continue
        last_run[work.name] = moment
        try:
            with step():
                work.do(clock.now())
            done.append(work.name)
        except Exception as error:  # noqa: BLE001 - one failure stops no other work
            # No traceback: it could carry what people wrote.
            log.error("%s failed: %s", work.name, type(error).__name__)  # noqa: TRY400
    return done


def has_lock(connection: Connection) -> bool:
    """Whether this process is the one that works; the lock lasts as long as the connection."""
    return bool(connection.scalar(text("select pg_try_advisory_lock(:number)"), {"number": LOCK}))


def keep_schedule(ended: threading.Event) -> None:
    """Work while holding the lock, wait while another does; begin again when the database comes back."""
    last_run: dict[str, float] = {}
    while not ended.is_set():
        try:
            with (
                app().app_context(),
                db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection,
            ):
                while not ended.is_set():
                    # Asking again is free for who has it, and fails where the connection was lost.
                    if has_lock(connection):
                        run_due(last_run, time.monotonic())
                        connection.execute(text("select pg_advisory_unlock(:number)"), {"number": LOCK})
                    ended.wait(1)
        except SQLAlchemyError as error:
            log.warning("database away: %s", type(error).__name__)
            ended.wait(2)


def work() -> int:
    """Keep the schedule until told to stop; what is being done is finished first."""
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    app()
    heart = Heart(process_name("schedule"), "schedule")
    heart.start()
    try:
        keep_schedule(ended)
    finally:
        heart.end()
    return 0


def main() -> int:
    """The schedule as a program of its own."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    return work()


if __name__ == "__main__":
    with said_in_one_line():
        sys.exit(main())
