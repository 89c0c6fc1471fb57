"""One throw-away PostgreSQL and Redis for a whole test run, and in them a database for each worker.

tests/conftest.py calls `begin` and `end` from pytest's configure hooks: under pytest-xdist only the process
that leads the workers starts the servers, and the workers inherit their addresses.
"""

from __future__ import annotations

import fcntl
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

import pytest

from outside import embedded, postgres

DATABASE, QUEUE = "CHORUS_TEST_DATABASE", "CHORUS_TEST_QUEUE"
TEMPLATE = "chorus_template"

_open = ExitStack()


@dataclass(frozen=True)
class WorkersOwn:
    """What one test worker has to itself."""

    database_url: str
    redis_url: str


def begin(config: pytest.Config) -> None:
    """Start the servers, half a second; nothing in a worker, or where tests are only listed."""
    if hasattr(config, "workerinput") or config.option.collectonly or DATABASE in os.environ:
        return
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) == signal.SIG_DFL:
            signal.signal(number, _interrupt)
    addresses = _open.enter_context(embedded.throw_away())
    os.environ[DATABASE], os.environ[QUEUE] = addresses.database_url, addresses.redis_url
    _open.callback(os.environ.pop, DATABASE)
    _open.callback(os.environ.pop, QUEUE)


def _interrupt(number: int, _: object) -> None:
    """End the run as Ctrl-C does, fixtures and servers included; once: what tidies up is not disturbed."""
    for each in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, lambda *_: None)
    raise KeyboardInterrupt(signal.Signals(number).name)


def end() -> None:
    """End the servers that `begin` started in this process, and delete their data."""
    _open.close()


def workers_own(migrate: Callable[[str], None]) -> WorkersOwn:
    """This worker's empty but migrated database and its Redis database.

    The first worker to come calls `migrate` (with the address of a new database) once for all; every worker
    gets a copy of the result.
    """
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
    server = postgres.with_database(os.environ[DATABASE], "postgres")
    with _one_worker_at_a_time():
        there = postgres.ask(server, "SELECT datname FROM pg_database")
        if TEMPLATE not in there:
            _make_template(server, migrate)
        name = f"chorus_{worker}"
        if name in there:
            postgres.ask(server, f"DROP DATABASE {name} WITH (FORCE)")
        postgres.ask(server, f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
    number = int(worker.removeprefix("gw") or 0)
    queue = os.environ[QUEUE].replace("db=0", f"db={number}")
    return WorkersOwn(postgres.with_database(os.environ[DATABASE], name), queue)


def _make_template(server: str, migrate: Callable[[str], None]) -> None:
    """A migrated database that gets its name only when it is finished and nobody is connected to it."""
    raw = f"{TEMPLATE}_raw"
    postgres.ask(server, f"DROP DATABASE IF EXISTS {raw} WITH (FORCE)")
    postgres.ask(server, f"CREATE DATABASE {raw}")
    migrate(postgres.with_database(server, raw))
    others = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{raw}'"
    postgres.ask(server, others)
    postgres.ask(server, f"ALTER DATABASE {raw} RENAME TO {TEMPLATE}")


@contextmanager
def _one_worker_at_a_time() -> Iterator[None]:
    """A lock among the workers of one run: on the folder of its sockets, which goes when the run ends."""
    folder = os.open(postgres.environment(os.environ[DATABASE])["PGHOST"], os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)
