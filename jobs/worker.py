"""The RQ worker: JSON only, and no person's data in what it leaves behind."""

from __future__ import annotations

import gc
import logging
import os
import sys
from typing import Any

from rq import Worker
from rq.job import Job
from rq.serializers import JSONSerializer
from rq.worker import WorkerStatus

from base.database import db
from base.settings import said_in_one_line
from jobs import documents
from jobs.heart import Heart, process_name
from jobs.step import app
from outside import pdf, queue

log = logging.getLogger("jobs.worker")

STYLESHEETS = ("certificate.css", "programme.css")
WITHOUT_CHILD = ("soon",)
# Somebody waits for a page; for what is made here they wait anyway.
POLITENESS = 10


def forget_connections() -> None:
    """After a fork: leave the parent's connections to the parent."""
    with app().app_context():
        db.engine.dispose(close=False)


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


def warm_up() -> None:
    """Load the app, fonts and stylesheets, which every forked process then has."""
    app()
    pdf.warm_up(*(name for name in STYLESHEETS if (pdf.ASSETS / name).exists()))
    documents.warm_up()


def work() -> int:
    """Work until told to stop; the job in hand is finished first."""
    os.nice(POLITENESS)
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


def main() -> int:
    """One worker as a program of its own."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    warm_up()
    gc.collect()
    gc.freeze()
    return work()


if __name__ == "__main__":
    with said_in_one_line():
        sys.exit(main())
