"""A running Chorus to be hurt, with its programs by name and its database asked from outside."""

from __future__ import annotations

import contextlib
import http.cookiejar
import json
import re
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psutil
import pytest

from outside import postgres, supervisor
from outside.programs import start_time
from tests.journeys.running import RunningChorus
from tests.waiting import LAST_RESORT, wait_until

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@dataclass
class Hurt:
    """A Chorus, and what one can do to it."""

    chorus: RunningChorus

    def ask(self, sql: str) -> list[str]:
        """The rows of a query, first column only, asked on a connection of our own."""
        return postgres.ask(self.running["database_url"], sql)

    @property
    def running(self) -> dict[str, Any]:
        """What the supervisor has written down: programs and addresses."""
        return supervisor.read_running(self.chorus.home)

    def pid(self, name: str) -> int:
        """The process id of one of its programs."""
        return next(one["pid"] for one in self.running["programs"] if one["name"] == name)

    def workers(self) -> list[int]:
        """The process ids of the two workers, by their beats, once both live."""
        asked = "select substring(name from '-(\\d+)-[0-9a-f]+$') from heartbeat where kind = 'worker'"

        def both() -> list[int]:
            living = [pid for pid in map(int, self.ask(asked)) if start_time(pid)]
            return living if len(living) == 2 else []

        return wait_until(both, "two workers")

    def kill(self, name: str) -> None:
        """SIGKILL a program and everything that it has forked."""
        kill_family(self.pid(name))

    def move_clock_on(self, by: timedelta) -> None:
        """Move the demonstration's clock on from the true time, where a reset has put it."""
        self.chorus.move_clock(datetime.now(UTC) + by)

    def health(self) -> int:
        """What /health answers now; 0 where nobody answers."""
        try:
            with urllib.request.urlopen(f"{self.chorus.address}/health", timeout=10) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return 0

    def wait(self, what: str) -> None:
        """Wait until the query's one answer is true."""
        wait_until(lambda: self.ask(f"select ({what})::text") == ["true"], what, every=0.2)

    def wait_for_health(self, wanted: int) -> float:
        """Wait until /health answers so; gives how many seconds it took."""
        began = time.monotonic()
        wait_until(lambda: self.health() == wanted, f"/health to answer {wanted}", every=0.2)
        return time.monotonic() - began


def kill_family(pid: int) -> None:
    """SIGKILL a process and everything that it has forked."""
    family = psutil.Process(pid)
    for one in [*family.children(recursive=True), family]:
        with contextlib.suppress(psutil.NoSuchProcess):  # its parent may have ended it meanwhile
            one.kill()


@dataclass
class Visitor:
    """Somebody with cookies and without scripts."""

    address: str
    opener: urllib.request.OpenerDirector = field(init=False)

    def __post_init__(self) -> None:
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(jar)

    def open(self, path: str) -> str:
        """A page's HTML; raises HTTPError."""
        with self.opener.open(self.address + path, timeout=LAST_RESORT) as answer:
            return answer.read().decode()

    def send(self, path: str, seen_on: str, **fields: str) -> str:
        """Send a form that stands on the page `seen_on`; gives the page that one lands on."""
        token = TOKEN.search(self.open(seen_on))
        assert token, f"no form on {seen_on}"
        body = urllib.parse.urlencode({**fields, "csrf_token": token[1]}).encode()
        with self.opener.open(self.address + path, body, timeout=LAST_RESORT) as answer:
            return answer.read().decode()

    def progress(self, path: str) -> dict[str, object]:
        """A JSON answer."""
        return json.loads(self.open(path))


@pytest.fixture(scope="module")
def hurt(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hurt]:
    """One Chorus for a file of tests; at the end it still has to end cleanly."""
    chorus = RunningChorus(Path(tmp_path_factory.mktemp("chaos")))
    try:
        chorus.start()
        yield Hurt(chorus)
    finally:
        chorus.end()


@pytest.fixture
def noor(hurt: Hurt) -> Visitor:
    """The organiser of the awards, signed in, in a demonstration that has just begun."""
    visitor = Visitor(hurt.chorus.address)
    visitor.send("/demo/reset", "/demo")
    visitor.send("/demo/sign-in", "/demo", email="noor.haddad@example.org")
    return visitor
