"""Files that we keep: named by us, outside the web root, written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from base import settings

OUR_NAME = re.compile(r"[a-z]+/[0-9a-f]{32}\.[a-z0-9]{1,8}", re.ASCII)


def path_of(name: str) -> Path:
    """Where a name's file lies; raises ValueError for what is no name of ours."""
    if OUR_NAME.fullmatch(name) is None:
        raise ValueError("not a name of ours")
    folder, _, rest = name.partition("/")
    return settings.current().files / folder / rest[:2] / rest


def keep(folder: str, content: bytes, ending: str) -> str:
    """Store bytes under a fresh random name in `folder`; gives the name back ("certificates/ab12….pdf")."""
    name = f"{folder}/{secrets.token_hex(16)}.{ending}"
    path = path_of(name)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = path.with_name(path.name + ".part")
    with open(part, "xb", opener=lambda p, flags: os.open(p, flags, 0o600)) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    _settle(path.parent)
    return name


def _settle(folder: Path) -> None:
    """Wait until the disk knows what is in a folder: a row that names a file outlives a power cut, too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read(name: str) -> bytes:
    """The bytes kept under a name; raises FileNotFoundError."""
    return path_of(name).read_bytes()


def forget(name: str) -> None:
    """Delete what is kept under a name; nothing happens when it is gone already."""
    path_of(name).unlink(missing_ok=True)


def names(folder: str, older_than_seconds: float) -> set[str]:
    """The names kept in `folder` for longer than that by the disk's own clock, which nobody moves."""
    files = _older((settings.current().files / folder).glob("*/*"), older_than_seconds)
    return {name for name in (f"{folder}/{path.name}" for path in files) if OUR_NAME.fullmatch(name)}


def _older(files: Iterable[Path], seconds: float) -> set[Path]:
    """Those of the files that have lain for longer than that; one that goes meanwhile is none."""
    until, found = time.time() - seconds, set()
    for path in files:
        with contextlib.suppress(FileNotFoundError):
            if path.stat().st_mtime < until:
                found.add(path)
    return found


def forget_strays(folder: str, older_than_seconds: float, rows: Callable[[set[str]], set[str]]) -> int:
    """Delete the files of `folder` that no row names; `rows` gives those of a set of names that one does.

    They come from a process that ended between keeping a file and committing its row, or in the middle of
    writing it. Gives how many.
    """
    old = names(folder, older_than_seconds)
    strays = {path_of(name) for name in (old - rows(old) if old else ())}
    strays |= _older((settings.current().files / folder).glob("*/*.part"), older_than_seconds)
    for path in strays:
        path.unlink(missing_ok=True)
    return len(strays)
