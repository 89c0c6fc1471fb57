"""Whether the migrations make what the models say: two empty databases, described by pg_dump and compared.

Alembic's own comparison does not look at CHECKs, on which much here rests.
"""

from __future__ import annotations

import dataclasses
import os
import re
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from alembic import command
from alembic.config import Config

from base import settings
from base.database import Base, db
from base.settings import ROOT, psycopg_url
from outside import postgres
from website.factory import create_app

NOISE = ("--", "\\", "SET ", "SELECT pg_catalog.")
TABLE = re.compile(r"CREATE TABLE (\S+) \((.*)\)", re.DOTALL)
CONSTRAINT = re.compile(r"ALTER TABLE ONLY (\S+)\s+ADD CONSTRAINT (\S+) (.*)", re.DOTALL)
INDEX = re.compile(r"CREATE (?:UNIQUE )?INDEX (\S+) ON (\S+) ", re.DOTALL)


def migration_config() -> Config:
    """Where Alembic finds our migrations."""
    config = Config(str(ROOT / "migrations" / "alembic.ini"))
    config.set_main_option("script_location", str(ROOT / "migrations"))
    return config


def by_migrations() -> None:
    """Make the tables of the current app by its migrations."""
    command.upgrade(migration_config(), "head")


def by_models() -> None:
    """Make the tables of the current app as the models say."""
    Base.metadata.create_all(db.engine)


def differences(server: str) -> list[str]:
    """How the models and the migrations differ, one sentence each; `server` is any database of a server on
    which databases may be made. Raises postgres.NoAnswer.
    """
    return compared(facts_of(dump_of(server, by_models)), facts_of(dump_of(server, by_migrations)))


def dump_of(server: str, make: Callable[[], None]) -> str:
    """What pg_dump says of a new database in which `make` has made the tables."""
    with new_database(server) as url:
        app = create_app(dataclasses.replace(settings.current(), database_url=psycopg_url(url)))
        with app.app_context():
            make()
            db.engine.dispose()
        return schema_of(url)


@contextmanager
def new_database(server: str) -> Iterator[str]:
    """The address of an empty database that is dropped afterwards."""
    name = f"chorus_schema_{os.getpid()}"
    postgres.ask(server, f"CREATE DATABASE {name} TEMPLATE template0")
    try:
        yield postgres.with_database(server, name)
    finally:
        postgres.ask(server, f"DROP DATABASE {name} WITH (FORCE)")


def schema_of(url: str) -> str:
    """A database's tables as pg_dump writes them; raises postgres.NoAnswer."""
    done = subprocess.run(
        [
            postgres.program("pg_dump", url),
            "--schema-only",
            "--no-owner",
            "--no-privileges",
            "--exclude-table=alembic_version",
        ],
        env=postgres.environment(url),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise postgres.NoAnswer(done.stderr.strip() or "pg_dump failed")
    return done.stdout


def facts_of(dump: str) -> dict[str, str]:
    """{what: how} of everything that a dump makes, columns and constraints one by one: their order in a table
    depends on when a migration added them, and means nothing.
    """
    lines = (line for line in dump.splitlines() if not line.startswith(NOISE))
    facts: dict[str, str] = {}
    for statement in "\n".join(lines).split(";\n"):
        said = statement.strip().removesuffix(";")
        if table := TABLE.fullmatch(said):
            facts[f"table {plain(table[1])}"] = "made"
            for part in table[2].strip().splitlines():
                name, how = named(part.strip().removesuffix(","))
                facts[f"{name} of table {plain(table[1])}"] = how
        elif constraint := CONSTRAINT.fullmatch(said):
            facts[f"constraint {constraint[2]} of table {plain(constraint[1])}"] = constraint[3]
        elif index := INDEX.match(said):
            facts[f"index {index[1]} of table {plain(index[2])}"] = said[index.end() :]
        elif said:
            facts[" ".join(said.split())] = "made"
    return facts


def named(part: str) -> tuple[str, str]:
    """A line of CREATE TABLE as (what it makes, how)."""
    words = part.split(" ", 2)
    if words[0] == "CONSTRAINT":
        return f"constraint {words[1]}", words[2]
    return f"column {words[0]}", " ".join(words[1:])


def plain(name: str) -> str:
    """A table's name without its schema."""
    return name.removeprefix("public.")


def compared(models: dict[str, str], migrations: dict[str, str]) -> list[str]:
    """One sentence for everything that only one side has, or that the two have differently."""
    found = []
    for what in sorted(models.keys() | migrations.keys()):
        said, made = models.get(what), migrations.get(what)
        if made is None:
            found.append(f"The models have {what}, which no migration makes.")
        elif said is None:
            found.append(f"The migrations make {what}, which no model has.")
        elif said != made:
            found.append(f"The {what} differs: the models say {said}; the migrations make {made}.")
    return found
