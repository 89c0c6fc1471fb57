"""The RQ worker: JSON only, signs of life as rows, and no person's data in what it leaves behind."""

from __future__ import annotations

import gc
import importlib
import logging
import os
import socket
import sys
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from rq import Worker
from rq.job import Job
from rq.serializers import JSONSerializer
from rq.worker import WorkerStatus
from sqlalchemy.exc import SQLAlchemyError

from backstage.heartbeats import actions as heartbeats
from backstage.heartbeats.rules import EVERY_SECONDS
from base.database import db, take_handed_over
from outside import clock, queue
from website.factory import create_app
from website.transactions import Chorus

log = logging.getLogger("jobs.worker")

STYLESHEETS = ("certificate.css", "programme.css")
WITHOUT_CHILD = ("soon",)
# Somebody waits for a page; for what is made here they wait anyway.
POLITENESS = 10
_app: list[Chorus] = []


def app() -> Chorus:
    """The app of this process, made once."""
    if not _app:
        _app.append(create_app())
    return _app[0]


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


def forget_connections() -> None:
    """After a fork: leave the parent's connections to the parent."""
    with app().app_context():
        db.engine.dispose(close=False)


class Heart(threading.Thread):
    """Beats every five seconds, also while a job runs; a database that is away is tried again at the next
    beat.
    """

    def __init__(self, name: str, kind: str) -> None:
        super().__init__(name="heart", daemon=True)
        self.process_name, self.kind = name, kind
        self.ended = threading.Event()

    def run(self) -> None:
        """Beat until ended."""
        while True:
            try:
                with step():
                    heartbeats.beat(self.process_name, self.kind)
            except SQLAlchemyError as error:
                log.warning("no beat: %s", type(error).__name__)
            if self.ended.wait(EVERY_SECONDS):
                return

    def end(self) -> None:
        """Stop beating and say so, so that nobody waits for this process."""
        self.ended.set()
        self.join(timeout=10)
        try:
            with step():
                heartbeats.stop_beating(self.process_name)
        except SQLAlchemyError as error:
            log.warning("no goodbye: %s", type(error).__name__)


def process_name(kind: str) -> str:
    """A name that no other process on any machine has."""
    return f"{kind}-{socket.gethostname()}-{os.getpid()}-{uuid.uuid4().hex[:6]}"


class ChorusWorker(Worker):
    """RQ's forking worker, but for the many small jobs.

    A document is made in a child that starts with fonts, stylesheets and app loaded; its memory goes with it,
    and its death is survived. A mail is sent by the worker itself: a child would cost ten times the sending.
    """

    def execute_job(self, job: Job, queue: Any) -> None:
        """Do a job of the queue `soon` here, any other in a child."""
        if queue.name not in WITHOUT_CHILD:
            super().execute_job(job, queue)
            return
        self.perform_job(job, queue, self.prepare_execution(job))
        self.set_state(WorkerStatus.IDLE)

    def main_work_horse(self, job: Job, queue: Any) -> None:
        """The child: its own connections, then the job."""
        forget_connections()
        super().main_work_horse(job, queue)

    def handle_exception(self, job: Job, *exc_info: Any) -> None:
        """Log the class of what went wrong and the ids it went wrong with, nothing of what people wrote."""
        kind = exc_info[0].__name__ if exc_info[0] else "unknown"
        log.error("job %s%r failed: %s", job.func_name, tuple(job.args), kind)

    def handle_job_failure(
        self,
        job: Job,
        queue: Any,
        started_job_registry: Any = None,
        exc_string: str = "",  # noqa: ARG002 - what must not be kept
        execution: Any = None,
    ) -> None:
        """Keep the exception's class only: RQ would keep its whole text, addresses included."""
        # In the job's process this runs while its exception is being handled; in the worker, after the
        # job's process has died, there is none. The text is never taken apart: anything may stand in it.
        kind = sys.exc_info()[0]
        what = kind.__name__ if kind else "WorkHorseDied"
        super().handle_job_failure(job, queue, started_job_registry, what, execution)


def main() -> int:
    """Work until told to stop; the job in hand is finished first."""
    from outside import pdf  # not for the schedule, which needs the rest of this file

    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    os.nice(POLITENESS)
    app()
    pdf.warm_up(*(name for name in STYLESHEETS if (pdf.ASSETS / name).exists()))
    importlib.import_module("jobs.documents").warm_up()
    # What is loaded by now stays: no child goes through it again, or copies it by doing so.
    gc.collect()
    gc.freeze()
    name = process_name("worker")
    heart = Heart(name, "worker")
    heart.start()
    connection = queue.patient_connection()
    worker = ChorusWorker(
        [queue.queue(one, connection) for one in queue.QUEUES],
        name=name,
        connection=connection,
        serializer=JSONSerializer,
        log_job_description=False,
    )
    try:
        worker.work(with_scheduler=False, logging_level="WARNING")
    finally:
        heart.end()
    return 0


if __name__ == "__main__":
    # `python -m` would run this file a second time under the name that jobs import.
    from jobs.worker import main as imported_main

    sys.exit(imported_main())
