"""Forked processes that share what their parent has loaded: kept at work, and ended with one signal each.

Standard library only. Whoever calls `keep` runs no threads and holds no connections.
"""

from __future__ import annotations

import logging
import os
import signal
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from outside.programs import end_with_parent

log = logging.getLogger(__name__)

Work = Callable[[], int]
ENDING = {signal.SIGTERM, signal.SIGINT}
DEATHS_BEFORE_GIVING_UP = 5
DEATHS_WITHIN_SECONDS = 60.0
PAUSE_SECONDS = 1.0


@dataclass
class _Fork:
    """One process; `pid` is 0 while it does not run."""

    name: str
    work: Work
    pid: int = 0
    deaths: list[float] = field(default_factory=list)

    def begin(self) -> None:
        """Fork; the child works and ends with what its work gives."""
        parent = os.getpid()
        self.pid = os.fork()
        if self.pid:
            return
        code = 1
        try:
            end_with_parent(parent)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {*ENDING, signal.SIGCHLD})
            code = self.work()
        except Exception as error:  # noqa: BLE001 - no traceback: it could carry what people wrote
            log.error("%s: %s", self.name, type(error).__name__)  # noqa: TRY400
        finally:
            logging.shutdown()
            os._exit(code)

    def note_end(self, now: float) -> None:
        """See whether it has ended, without waiting."""
        pid, status = os.waitpid(self.pid, os.WNOHANG) if self.pid else (0, 0)
        if pid:
            self.pid = 0
            self.deaths = [at for at in self.deaths if now - at < DEATHS_WITHIN_SECONDS] + [now]
            log.warning("%s ended (%s)", self.name, os.waitstatus_to_exitcode(status))


def keep(works: Mapping[str, Work]) -> int:
    """Fork a process for each work and begin again what ends; at TERM or INT give each one TERM and wait.

    Returns 0 then, or 1 where one has ended five times within a minute, which ends them all. Where this
    process is killed, the kernel gives the others their TERM.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, {*ENDING, signal.SIGCHLD})
    forks = [_Fork(name, work) for name, work in works.items()]
    for one in forks:
        one.begin()
    try:
        while True:
            got = signal.sigtimedwait({*ENDING, signal.SIGCHLD}, PAUSE_SECONDS)
            if got and got.si_signo != signal.SIGCHLD:
                return 0
            if not _revived(forks, time.monotonic()):
                return 1
    finally:
        running = [one.pid for one in forks if one.pid]
        for pid in running:
            os.kill(pid, signal.SIGTERM)
        for pid in running:
            os.waitpid(pid, 0)


def _revived(forks: list[_Fork], now: float) -> bool:
    """Begin again who has ended, the first time at once, then after a pause; False where one keeps ending."""
    for one in forks:
        one.note_end(now)
        if one.pid:
            continue
        if len(one.deaths) >= DEATHS_BEFORE_GIVING_UP:
            log.error("%s keeps ending", one.name)
            return False
        if len(one.deaths) == 1 or now - one.deaths[-1] >= PAUSE_SECONDS:
            one.begin()
    return True
