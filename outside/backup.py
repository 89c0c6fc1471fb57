"""Backups: the database and the files in one archive, made and brought back with PostgreSQL's own programs.

`python -m outside.backup make [ARCHIVE]` and `python -m outside.backup restore ARCHIVE` (CONFIRM=yes replaces
what is there). They work on the embedded database, running or not, and on the one that DATABASE_URL names.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from base.settings import Settings, SettingsError
from outside import embedded, postgres
from outside.supervisor import Failed, Supervisor, holder, read_running, say

DUMP = "database.dump"
FILES = "files"
NEWER = b"SET transaction_timeout = 0;"
REPLACE_ALL = "DROP SCHEMA public CASCADE; CREATE SCHEMA public"


class NotDone(Exception):
    """A backup or a restore was refused or failed; the message is one line with the cure."""


def make(settings: Settings, archive: Path | None = None) -> Path:
    """Write database and files of this Chorus into `archive` and return its path; it may go on running.

    The database comes first: every file that a row of it names is then still there to be copied.
    Raises NotDone, Failed or postgres.NoAnswer.
    """
    moment = datetime.now(UTC).strftime("%Y-%m-%d-%H%M%S")
    archive = archive or settings.home / "backups" / f"chorus-{moment}.tar"
    archive.parent.mkdir(parents=True, exist_ok=True)
    half = archive.with_name(archive.name + ".part")
    # Whoever can read a backup can read everything.
    handle = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with (
            database(settings) as url,
            os.fdopen(handle, "wb") as file,
            tarfile.open(fileobj=file, mode="w") as tar,
        ):
            with tempfile.TemporaryDirectory(prefix="chorus-backup-") as folder:
                dump = Path(folder) / DUMP
                command = [
                    postgres.program("pg_dump", url),
                    "--format=custom",
                    "--no-owner",
                    "--no-privileges",
                ]
                through(url, [*command, f"--file={dump}"])
                tar.add(dump, DUMP)
            if settings.files.is_dir():
                tar.add(settings.files, FILES)
        half.replace(archive)
    finally:
        half.unlink(missing_ok=True)
    return archive


def restore(settings: Settings, archive: Path, *, replace: bool = False) -> None:
    """Bring a backup back: the whole database in one transaction, then the files.

    What is there is replaced only with `replace`. Raises NotDone where Chorus runs, where there is data, or
    where the archive is not one of ours; then nothing has changed. Failed and postgres.NoAnswer as in `make`.
    """
    if not archive.is_file():
        raise NotDone(f"There is no archive {archive}: say make restore FROM=path.")
    if holder(settings.home) is not None:
        raise NotDone("Chorus is running: end it first.")
    with tempfile.TemporaryDirectory(prefix="restore-", dir=made(settings.home)) as folder:
        unpack(archive, Path(folder))
        with database(settings) as url:
            tables = postgres.ask(url, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
            if not replace and (tables != ["0"] or has_files(settings.files)):
                raise NotDone("There is data here already: CONFIRM=yes replaces all of it.")
            load(url, Path(folder) / DUMP)
        (Path(folder) / FILES).mkdir(exist_ok=True)
        if settings.files.exists():
            settings.files.rename(Path(folder) / "replaced")
        (Path(folder) / FILES).rename(settings.files)
    forget_queue(settings)


@contextmanager
def database(settings: Settings) -> Iterator[str]:
    """The address of this Chorus's database: the one set, the one running, or the embedded one, started."""
    if settings.database_url:
        yield settings.database_url
    elif holder(settings.home) is not None:
        url = read_running(settings.home).get("database_url")
        if not url:
            raise NotDone("Chorus is just starting or ending: try again in a minute.")
        yield url
    else:
        with Supervisor(settings.home, listens=False) as house:
            yield embedded.start_postgres(house)


def load(url: str, dump: Path) -> None:
    """Replace everything in the database by a dump, in one transaction. Raises NotDone."""
    # The script is whole before the database sees its first line: a dump cut short must not be committed.
    script = dump.with_suffix(".sql")
    plain = [postgres.program("pg_restore", url), "--no-owner", "--no-privileges"]
    through(url, [*plain, f"--file={script}", str(dump)])
    without_newer_settings(script)
    psql = [postgres.program("psql", url), "-X", "-q", "-1", "-v", "ON_ERROR_STOP=1", "-o", os.devnull]
    through(url, [*psql, "-c", REPLACE_ALL, "-f", str(script)])


def without_newer_settings(script: Path) -> None:
    """Blank the setting in a script's head that servers before version 17 refuse; 0 is its default."""
    with script.open("r+b") as file:
        at = file.read(4000).find(NEWER)
        if at >= 0:
            file.seek(at)
            file.write(b"-" * len(NEWER))


def through(url: str, command: list[str]) -> None:
    """Run a PostgreSQL program on the database; raises NotDone with what it said."""
    surroundings = {**postgres.environment(url), "PGOPTIONS": "-c client_min_messages=warning"}
    done = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=False)
    if done.returncode:
        words = (done.stderr.strip().splitlines() or ["it said nothing"])[0]
        raise NotDone(f"Nothing has changed, {Path(command[0]).name} failed: {words}")


def unpack(archive: Path, folder: Path) -> None:
    """Take the dump and the files out of an archive, nothing that would land elsewhere. Raises NotDone."""
    try:
        with tarfile.open(archive) as tar:
            for member in tar:
                path = PurePosixPath(member.name)
                ours = path == PurePosixPath(DUMP) or path.parts[:1] == (FILES,)
                if not ours or ".." in path.parts or not (member.isfile() or member.isdir()):
                    raise NotDone(f"{archive} is not a backup of Chorus: it holds {member.name}.")
                if member.isfile() and (content := tar.extractfile(member)):
                    target = folder / path
                    target.parent.mkdir(parents=True, exist_ok=True)
                    with target.open("wb") as file:
                        shutil.copyfileobj(content, file)
                    target.chmod(member.mode & 0o777)
    except (tarfile.TarError, OSError) as error:
        raise NotDone(f"{archive} cannot be read: {error}.") from error
    if not (folder / DUMP).exists():
        raise NotDone(f"{archive} is not a backup of Chorus: it holds no database.")


def forget_queue(settings: Settings) -> None:
    """Drop the embedded queue, whose jobs name replaced rows; what is still to be done is found by sweeps."""
    door = settings.home / "servers"
    if door.exists():
        shutil.rmtree(door.resolve() / "redis", ignore_errors=True)


def has_files(folder: Path) -> bool:
    """Whether anything lies in the folder of uploads and documents."""
    return folder.is_dir() and any(folder.iterdir())


def made(folder: Path) -> Path:
    """The folder, made where it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def main(arguments: list[str]) -> int:
    """The command line; 0 where it was done, 1 where it was refused, in one line."""
    try:
        settings = Settings.from_environment()
        if arguments[:1] == ["restore"]:
            archive = Path(arguments[1] if len(arguments) > 1 else "")
            restore(settings, archive, replace=os.environ.get("CONFIRM") == "yes")
            say(f"Restored from {archive}.")
        else:
            archive = make(settings, Path(arguments[1]).resolve() if len(arguments) > 1 else None)
            size = archive.stat().st_size // 1024
            say(f"Wrote {archive} ({size:,} KB). Keep it as safe as the data itself.")
    except (NotDone, Failed, SettingsError, postgres.NoAnswer) as error:
        say(str(error))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
