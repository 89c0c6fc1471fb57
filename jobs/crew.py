"""Everybody behind the pages: one process loads the application, then forks the workers and the schedule.

python -m jobs.crew. They share what was loaded, which as programs of their own they would hold three times.
"""

from __future__ import annotations

import gc
import logging
import sys
from collections.abc import Callable

from base import settings
from base.settings import said_in_one_line
from jobs import schedule, worker
from outside import forks


def main() -> int:
    """Load everything, then keep the workers and the schedule at work until told to end."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    worker.warm_up()
    # What is loaded by now stays: no child goes through it again, or copies it by doing so.
    gc.collect()
    gc.freeze()
    workers = {f"worker-{number}": worker.work for number in range(1, settings.current().job_workers + 1)}
    return forks.keep({name: _forked(work) for name, work in {**workers, "schedule": schedule.work}.items()})


def _forked(work: Callable[[], int]) -> Callable[[], int]:
    """The same work in a forked process, with connections of its own."""

    def do() -> int:
        worker.forget_connections()
        return work()

    return do


if __name__ == "__main__":
    with said_in_one_line():
        sys.exit(main())
