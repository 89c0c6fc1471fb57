"""Backup and restore, on the embedded database and on one that DATABASE_URL names."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from base.settings import Settings
from outside import backup, embedded, postgres
from outside.embedded_files import remove


@pytest.fixture
def homes(tmp_path: Path) -> Iterator[list[Settings]]:
    """Two Choruses with embedded databases: an old one and one to restore into."""
    names = ["old", "new"]
    yield [Settings(mode="test", home=tmp_path / name) for name in names]
    for name in names:
        remove(tmp_path / name)


def fill(settings: Settings) -> None:
    """A table with an awkward name in a row, and a file in a folder."""
    with embedded.running(settings.home, durable=False) as addresses:
        postgres.ask(addresses.database_url, "CREATE TABLE people AS SELECT 'Zoë O''Neil' AS name")
    (settings.files / "2026").mkdir(parents=True)
    (settings.files / "2026" / "certificate.pdf").write_bytes(b"%PDF-1.7 \x00")


def everything(settings: Settings) -> tuple[list[str], dict[str, bytes]]:
    """What a Chorus holds: its rows and its files."""
    with backup.database(settings) as url:
        rows = postgres.ask(url, "SELECT name FROM people")
    files = {str(path.relative_to(settings.files)): path.read_bytes() for path in settings.files.rglob("*.*")}
    return rows, files


def test_a_backup_brings_rows_and_files_back_elsewhere(homes: list[Settings]):
    old, new = homes
    fill(old)
    archive = backup.make(old)
    assert archive.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in archive.parent.iterdir()] == [archive.name]
    backup.restore(new, archive)
    assert everything(new) == (["Zoë O'Neil"], {"2026/certificate.pdf": b"%PDF-1.7 \x00"})


def test_a_restore_refuses_to_replace_data_unless_confirmed(homes: list[Settings]):
    old, _ = homes
    fill(old)
    archive = backup.make(old)
    (old.files / "later.txt").write_text("later")
    with backup.database(old) as url:
        postgres.ask(url, "INSERT INTO people VALUES ('Later')")
        postgres.ask(url, "CREATE TABLE newer (n int)")
    with pytest.raises(backup.NotDone, match=r"There is data here already: CONFIRM=yes"):
        backup.restore(old, archive)
    assert everything(old)[0] == ["Zoë O'Neil", "Later"]
    backup.restore(old, archive, replace=True)
    assert everything(old) == (["Zoë O'Neil"], {"2026/certificate.pdf": b"%PDF-1.7 \x00"})
    with backup.database(old) as url:
        assert postgres.ask(url, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'") == ["people"]


def test_a_running_chorus_is_backed_up_but_not_restored_into(homes: list[Settings]):
    old, new = homes
    fill(old)
    with embedded.running(old.home, durable=False):
        archive = backup.make(old)
        with pytest.raises(backup.NotDone, match="Chorus is running: end it first"):
            backup.restore(old, archive, replace=True)
    backup.restore(new, archive)
    assert everything(new)[0] == ["Zoë O'Neil"]


def test_the_database_that_database_url_names_is_the_one_that_is_saved(homes: list[Settings], tmp_path: Path):
    with embedded.throw_away() as addresses:
        named = Settings(mode="test", home=tmp_path / "files-only", database_url=addresses.database_url)
        postgres.ask(named.database_url, "CREATE TABLE people AS SELECT 'Ann' AS name")
        archive = backup.make(named)
        postgres.ask(named.database_url, "INSERT INTO people VALUES ('Later')")
        backup.restore(named, archive, replace=True)
        assert everything(named) == (["Ann"], {})
    backup.restore(homes[1], archive)
    assert everything(homes[1]) == (["Ann"], {})
    assert not (tmp_path / "files-only" / "servers").exists()


def test_a_script_is_fit_for_an_older_server(tmp_path: Path):
    script = tmp_path / "database.sql"
    script.write_text("SET lock_timeout = 0;\nSET transaction_timeout = 0;\nCOPY people FROM stdin;\n")
    backup.without_newer_settings(script)
    assert (
        script.read_text() == "SET lock_timeout = 0;\n----------------------------\nCOPY people FROM stdin;\n"
    )


def test_a_damaged_dump_changes_nothing(homes: list[Settings], tmp_path: Path):
    old, _ = homes
    fill(old)
    archive = tmp_path / "bad.tar"
    add(archive, {"database.dump": b"PGDMP but not really"})
    with pytest.raises(backup.NotDone, match="Nothing has changed, pg_restore failed"):
        backup.restore(old, archive, replace=True)
    assert everything(old) == (["Zoë O'Neil"], {"2026/certificate.pdf": b"%PDF-1.7 \x00"})


@pytest.mark.parametrize("name", ["../outside.txt", "files/../../outside.txt", "/etc/outside.txt", "secret"])
def test_an_archive_that_reaches_elsewhere_is_refused(homes: list[Settings], tmp_path: Path, name: str):
    archive = tmp_path / "evil.tar"
    add(archive, {"database.dump": b"", name: b"gotcha"})
    with pytest.raises(backup.NotDone, match="is not a backup of Chorus"):
        backup.restore(homes[1], archive)
    assert list(tmp_path.rglob("outside.txt")) == []


def add(archive: Path, contents: dict[str, bytes]) -> None:
    """Write an archive with these members."""
    with tarfile.open(archive, "w") as tar:
        for name, content in contents.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
