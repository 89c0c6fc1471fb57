"""A real Chorus of its own for the journeys: `python -m website.run`, as `make run` does after its set-up."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from base import settings
from base.settings import Settings
from outside import clock, supervisor
from outside.programs import Program, launch
from tests.ports import free_port
from tests.waiting import LAST_RESORT, wait_until

ROOT = Path(__file__).resolve().parents[2]
READY = "Chorus is ready"


def surroundings(home: Path, port: int) -> dict[str, str]:
    """The environment of a fresh shell: what this test run set for its own servers is left out."""
    left_out = ("CHORUS_", "DATABASE_URL", "REDIS_URL", "PORT", "PYTEST_")
    plain = {name: value for name, value in os.environ.items() if not name.startswith(left_out)}
    return {**plain, "CHORUS_HOME": str(home), "PORT": str(port)}


@dataclass
class RunningChorus:
    """One Chorus in demo mode with its databases, web server, workers and schedule."""

    home: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def said(self) -> str:
        """What it has printed so far."""
        return (self.home / "run.log").read_text()

    def start(self) -> None:
        """Start it and wait until it says that it is ready; fails with what it printed."""
        self.home.mkdir(parents=True, exist_ok=True)
        with (self.home / "run.log").open("wb") as log:
            words = (sys.executable, "-m", "website.run")
            self.process = launch(
                Program("chorus", words, surroundings(self.home, self.port), folder=ROOT), log
            )
        wait_until(lambda: READY in self.said, "Chorus to be ready", vain=self._ended)

    def _ended(self) -> str:
        """What it printed before it ended; empty while it runs."""
        assert self.process is not None
        return "" if self.process.poll() is None else f"it ended at once:\n{self.said}"

    def end(self) -> None:
        """Press Ctrl-C once; fails unless it ends with 0 and leaves no process behind."""
        assert self.process is not None
        started = [one["pid"] for one in supervisor.read_running(self.home).get("programs", [])]
        self.process.send_signal(signal.SIGINT)
        try:
            code = self.process.wait(LAST_RESORT)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise
        left = {pid for pid in started if _alive(pid)} | set(self._by_home())
        assert (code, left) == (0, set()), self.said

    def _by_home(self) -> list[int]:
        """Processes that were started with our home in their environment, jobs under way included."""
        mark = f"CHORUS_HOME={self.home}".encode()
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                if mark in (folder / "environ").read_bytes().split(b"\0"):
                    found.append(int(folder.name))
            except OSError:
                continue  # it ended meanwhile, or it is somebody else's
        return found

    def move_clock(self, to: datetime) -> None:
        """Move the demonstration's clock to a moment that its page does not offer."""
        before = settings.use(Settings(mode="demo", home=self.home, secret="not used here"))
        try:
            clock.move_demo(to)
        finally:
            settings.use(before)


def _alive(pid: int) -> bool:
    try:
        return (Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
