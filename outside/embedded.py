"""The local PostgreSQL and Redis: how each is set and started.

The binaries are those of two Python wheels (a newer redis-server or valkey-server on PATH is preferred). Both
listen on Unix sockets only, in a folder that nobody else may enter.
`python -m outside.embedded COMMAND…` runs a command beside servers that are thrown away afterwards.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from outside import postgres
from outside.embedded_files import (
    PASSING,
    Place,
    give,
    postgres_binaries,
    redis_binary,
    remove,
    settle,
    sweep,
)
from outside.programs import Program
from outside.supervisor import Failed, Stopped, Supervisor, say

DATABASE = "chorus"
QUIET = {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LANG": "C.UTF-8", "TZ": "UTC"}

# Nothing that people wrote may reach the log: no failing statement, no detail (it would name the key).
POSTGRES_SETTINGS = {
    "listen_addresses": "",
    "max_connections": "100",
    "shared_buffers": "96MB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "512MB",
    "max_logical_replication_workers": "0",
    "max_parallel_workers_per_gather": "0",
    "io_method": "sync",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_messages": "warning",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
# What cannot be lost need not be safe from a power cut: the servers of one test run.
THROW_AWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
REDIS_SETTINGS = {
    "port": "0",
    "unixsocketperm": "700",
    "daemonize": "no",
    "appendonly": "yes",
    "appendfsync": "everysec",
    "save": "",
    "maxmemory-policy": "noeviction",
}


@dataclass(frozen=True)
class Addresses:
    """Where the two servers answer."""

    database_url: str
    redis_url: str


@contextmanager
def running(home: Path, *, durable: bool = True) -> Iterator[Addresses]:
    """Both servers for as long as the block lasts, for tests, figures and backups; signals are left alone.

    Yields their Addresses. Raises Failed where one does not start, AlreadyRunning where the home is in use.
    """
    with Supervisor(home, listens=False) as house:
        yield Addresses(start_postgres(house, durable=durable), start_redis(house))


def main(command: list[str]) -> int:
    """Run a command beside throw-away servers, told of them as Chorus is; returns its exit code.

    Ctrl-C, TERM and HUP end the command, then the servers; the exit code is 128 and the signal's number then.
    """
    try:
        with passing_home() as home, Supervisor(home) as house:
            surroundings = {
                **os.environ,
                "DATABASE_URL": start_postgres(house, durable=False),
                "REDIS_URL": start_redis(house),
                "CHORUS_HOME": str(home / "home"),
            }
            return house.run(Program("command", tuple(command), surroundings))
    except Stopped as ended:
        return 128 + signal.Signals[str(ended)]
    except Failed as error:
        say(str(error))
        return 1


@contextmanager
def throw_away() -> Iterator[Addresses]:
    """Both servers on empty data that is deleted afterwards, without waiting for the disk.

    Signals are left alone.
    """
    with passing_home() as home, running(home, durable=False) as addresses:
        yield addresses


@contextmanager
def passing_home() -> Iterator[Path]:
    """A home that is deleted when the block ends; first those that were killed before they could do so."""
    sweep()
    home = Path(tempfile.mkdtemp(prefix=f"{PASSING}{os.getpid()}-"))
    try:
        yield home
    finally:
        remove(home)


def start_postgres(house: Supervisor, *, durable: bool = True) -> str:
    """Start PostgreSQL under this supervisor, on new data where there is none; returns the address.

    Raises Failed or Stopped.
    """
    place = settle(house.home)
    binaries = postgres_binaries(place.account)
    folder = place.data / "postgresql"
    if not (folder / "PG_VERSION").exists():
        make_cluster(house, place, binaries, durable=durable)
    settings = (
        POSTGRES_SETTINGS | ({} if durable else THROW_AWAY) | {"unix_socket_directories": str(place.sockets)}
    )
    server = postgres.address("postgres", place.sockets)
    house.start(
        Program(
            name="postgres",
            command=(
                str(binaries / "bin" / "postgres"),
                "-D",
                str(folder),
                *(f"--{name}={value}" for name, value in settings.items()),
            ),
            environment=QUIET,
            account=place.account,
            folder=place.data,
            ready=lambda: postgres.answers(server),
            stop_with=signal.SIGINT,  # "fast": ends sessions instead of waiting for them
            grace=60,
        )
    )
    if DATABASE not in postgres.ask(server, "SELECT datname FROM pg_database"):
        postgres.ask(server, f"CREATE DATABASE {DATABASE}")
    return noted(house, "database_url", postgres.address(DATABASE, place.sockets))


def noted(house: Supervisor, fact: str, url: str) -> str:
    """The address, written where backups and figures find it while the house runs."""
    house.facts[fact] = url
    house.note()
    return url


def make_cluster(house: Supervisor, place: Place, binaries: Path, *, durable: bool) -> None:
    """Lay PostgreSQL's data out, again where an earlier try was killed. Raises Failed or Stopped."""
    folder, half = place.data / "postgresql", place.data / "postgresql.new"
    shutil.rmtree(half, ignore_errors=True)
    command = [str(binaries / "bin" / "initdb"), "-D", str(half), "--username=chorus", "--auth=trust"]
    command += [
        "--encoding=UTF8",
        "--no-locale",
        "--locale-provider=builtin",
        "--builtin-locale=PG_UNICODE_FAST",
    ]
    command += ["--no-instructions", *([] if durable else ["--no-sync"])]
    house.finish(
        Program("initdb", tuple(command), QUIET, place.account, place.data),
        f"PostgreSQL could not lay out its data: see {house.log('initdb')}; is the disk full?",
        shown=False,
    )
    half.rename(folder)


def start_redis(house: Supervisor) -> str:
    """Start Redis (or Valkey) under this supervisor; returns its address. Raises Failed or Stopped."""
    place = settle(house.home)
    folder = place.data / "redis"
    if not folder.exists():
        folder.mkdir(mode=0o700)
        give(folder, place.account)
    path = place.sockets / "redis.sock"
    settings = REDIS_SETTINGS | {"unixsocket": str(path), "dir": str(folder)}
    house.start(
        Program(
            name="redis",
            command=(
                str(redis_binary(place.account)),
                *(word for name, value in settings.items() for word in (f"--{name}", value)),
            ),
            environment=QUIET,
            account=place.account,
            folder=folder,
            ready=lambda: pings(path),
        )
    )
    return noted(house, "redis_url", f"unix://{path}?db=0")


def pings(path: Path) -> bool:
    """Whether the Redis behind this socket answers and has loaded its data."""
    try:
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(1)
            line.connect(str(path))
            line.sendall(b"PING\r\n")
            return line.recv(16).startswith(b"+PONG")
    except OSError:
        return False


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
