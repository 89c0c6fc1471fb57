"""Files that we keep: named by us, outside the web root, written whole or not at all."""

from __future__ import annotations

import os
import re
import secrets
import time
from collections.abc import Callable
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
    part.replace(path)
    return name


def read(name: str) -> bytes:
    """The bytes kept under a name; raises FileNotFoundError."""
    return path_of(name).read_bytes()


def forget(name: str) -> None:
    """Delete what is kept under a name; nothing happens when it is gone already."""
    path_of(name).unlink(missing_ok=True)


def names(folder: str, older_than_seconds: float) -> set[str]:
    """The names kept in `folder` for longer than that by the disk's own clock, which nobody moves."""
    until = time.time() - older_than_seconds
    files = (settings.current().files / folder).glob("*/*")
    found = {f"{folder}/{path.name}" for path in files if path.stat().st_mtime < until}
    return {name for name in found if OUR_NAME.fullmatch(name)}


def forget_strays(folder: str, older_than_seconds: float, rows: Callable[[set[str]], set[str]]) -> int:
    """Delete the files of `folder` that no row names; `rows` gives those of a set of names that one does.

    They come from a process that ended between keeping a file and committing its row. Gives how many.
    """
    old = names(folder, older_than_seconds)
    strays = old - rows(old) if old else set()
    for name in strays:
        forget(name)
    return len(strays)
