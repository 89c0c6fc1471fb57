"""The Chorus that is measured: started with `make run`, as anybody starts it, in a home of its own."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

from base.settings import Settings, demo_secret, psycopg_url
from bench.report import Unmeasured
from outside import embedded_files, postgres
from outside.supervisor import read_running
from website.run import health

ROOT = Path(__file__).resolve().parent.parent
# Not /tmp, which is memory on many machines: what is measured has to wait for a disk.
DISK = Path("/var/tmp")
FIRST_START, LATER_START, ENDING = 900.0, 120.0, 90.0
# What would change the settings that are measured, or lead to somebody's real servers.
NOT_OURS = ("DATABASE_URL", "REDIS_URL", "MAKEFLAGS", "MFLAGS", "MAKELEVEL", "MAKEOVERRIDES")


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port: int = trial.getsockname()[1]
        return port


class House:
    """`with House() as house:` has a Chorus with the demo data; its home is deleted at the end."""

    def __init__(self) -> None:
        self.port = free_port()
        self.home = Path(tempfile.mkdtemp(prefix="chorus-bench-", dir=DISK if DISK.is_dir() else None))
        self.output = self.home / "make-run.txt"
        self._make: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> House:
        try:
            self.start(FIRST_START)
            self.wait_until_whole()
            self.check_settings()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(Unmeasured):
            self.stop()
        embedded_files.remove(self.home)

    @property
    def pid(self) -> int:
        """The process id of `make`, under which everything runs; raises Unmeasured where it has ended."""
        if self._make is None or self._make.poll() is not None:
            raise Unmeasured(f"Chorus does not run: {self.last_words()}")
        return self._make.pid

    def environment(self) -> dict[str, str]:
        """What `make run` is told: this home and port, one proxy before it, all else as it comes."""
        inherited = {
            name: value
            for name, value in os.environ.items()
            if name not in NOT_OURS and not name.startswith("CHORUS_")
        }
        return inherited | {
            "CHORUS_HOME": str(self.home),
            "PORT": str(self.port),
            "CHORUS_PROXIES": "1",
        }

    def start(self, patience: float = LATER_START) -> float:
        """Start Chorus; gives the seconds until `/` was first answered with 200. Raises Unmeasured."""
        begun = time.monotonic()
        with self.output.open("ab") as output:
            # A process group of its own, so that the one Ctrl-C at the end reaches what a terminal's would.
            self._make = subprocess.Popen(
                ["make", "run"],
                cwd=ROOT,
                env=self.environment(),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        while self._front_page() != "200":
            if self._make.poll() is not None or time.monotonic() - begun > patience:
                raise Unmeasured(f"make run did not come up: {self.last_words()}")
            time.sleep(0.005)
        return time.monotonic() - begun

    def _front_page(self) -> str:
        """The status of `/`, empty where nobody answers yet; asked without waiting in between."""
        with contextlib.suppress(OSError, IndexError), socket.socket() as line:
            line.settimeout(30)
            line.connect(("127.0.0.1", self.port))
            line.sendall(f"GET / HTTP/1.0\r\nHost: 127.0.0.1:{self.port}\r\n\r\n".encode())
            return line.recv(16).decode("ascii", "replace").split(" ")[1]
        return ""

    def wait_until_whole(self) -> None:
        """Wait until the web server finds database, queue and workers; raises Unmeasured."""
        until = time.monotonic() + LATER_START
        while health(self.port, f"127.0.0.1:{self.port}") != "200":
            if time.monotonic() > until or self.pid == 0:
                raise Unmeasured(f"the workers did not come up: {self.last_words()}")
            time.sleep(0.1)

    def stop(self) -> None:
        """End Chorus with one Ctrl-C; raises Unmeasured where it does not end."""
        if self._make is None:
            return
        if self._make.poll() is None:
            os.killpg(self._make.pid, signal.SIGINT)
        try:
            self._make.wait(timeout=ENDING)
        except subprocess.TimeoutExpired:
            raise Unmeasured(f"Chorus did not end in {ENDING:.0f} s; its home is {self.home}") from None
        self._make = None

    def facts(self) -> dict[str, Any]:
        """What the running Chorus notes about itself; raises Unmeasured where it does not run."""
        found = read_running(self.home)
        if "database_url" not in found or "redis_url" not in found:
            raise Unmeasured("Chorus does not say where its databases are")
        return found

    def settings(self) -> Settings:
        """The settings of the running Chorus, for building what is measured in its database."""
        facts = self.facts()
        return Settings(
            mode="demo",
            home=self.home,
            port=self.port,
            public_address=f"http://127.0.0.1:{self.port}",
            database_url=psycopg_url(facts["database_url"]),
            redis_url=facts["redis_url"],
            secret=demo_secret(self.home),
            proxies=1,
        )

    def check_settings(self) -> None:
        """Raise Unmeasured where the database does not wait for the disk: such figures would not be true."""
        url = self.facts()["database_url"]
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            if postgres.ask(url, f"SHOW {setting}") != ["on"]:
                raise Unmeasured(f"PostgreSQL runs with {setting} off")

    def last_words(self) -> str:
        """The last line that `make run` printed."""
        text = self.output.read_text(errors="replace") if self.output.exists() else ""
        lines = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("make:")]
        return lines[-1] if lines else "it said nothing"
