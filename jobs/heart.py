"""Signs of life of workers and schedule, as rows that /health reads."""

from __future__ import annotations

import logging
import os
import socket
import threading
import uuid

from sqlalchemy.exc import SQLAlchemyError

from backstage.heartbeats import actions as heartbeats
from backstage.heartbeats.rules import EVERY_SECONDS
from jobs.step import step

log = logging.getLogger(__name__)


class Heart(threading.Thread):
    """Beats every EVERY_SECONDS, also while a job runs.

    Where the database is away, the next beat tries again.
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
