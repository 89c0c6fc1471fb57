"""What `make run` decides before it starts anything."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from base.settings import ROOT
from outside import embedded, postgres
from outside.supervisor import Failed
from tests.ports import free_port
from website import run


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    """A database of its own, because what it says of its version is changed here."""
    with embedded.throw_away() as addresses:
        yield addresses.database_url


def test_the_newest_migration_is_read_from_the_files(tmp_path: Path):
    (tmp_path / "a.py").write_text('revision = "a1"\ndown_revision = None\n')
    (tmp_path / "b.py").write_text("revision: str = 'b2'\ndown_revision: str | None = 'a1'\n")
    (tmp_path / "c.py").write_text('revision = "c3"\ndown_revision = ("b2", "a1")\n')
    assert run.versions_here(tmp_path) == {"c3"}


def test_our_own_migrations_have_one_end():
    assert len(run.versions_here(ROOT / "migrations" / "versions")) == 1


def test_the_database_says_which_migration_it_has_reached(database: str):
    assert run.versions_there(database) == set()
    postgres.ask(database, "CREATE TABLE alembic_version AS SELECT 'b2' AS version_num")
    assert run.versions_there(database) == {"b2"}


def test_a_taken_port_is_said_in_one_line_with_the_cure():
    port = free_port()
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        assert run.health(port, "127.0.0.1") == ""
        other.listen()
        with pytest.raises(Failed) as refused:
            run.port_is_free(port)
    assert (
        str(refused.value)
        == f"Port {port} cannot be used (Address already in use): try PORT={port + 1} make run."
    )
    run.port_is_free(port)


def test_the_supervisor_loads_no_framework():
    """A second start stays quick and the supervisor small: nothing of the application is imported by it."""
    code = (
        "import sys, website.run; print([m for m in ('flask', 'sqlalchemy', 'psycopg') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
