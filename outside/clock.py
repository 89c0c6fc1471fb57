"""The time. One value per request or job; tests freeze it, the demonstration moves it."""

from __future__ import annotations

import contextvars
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from base import settings

_fixed: contextvars.ContextVar[datetime | None] = contextvars.ContextVar("fixed", default=None)
_frozen: list[datetime] = []


def now() -> datetime:
    """The current moment in UTC; the same all through one request or job."""
    return _fixed.get() or wall_clock()


def wall_clock() -> datetime:
    """The moment as the world (or the demonstration, or a test) has it, not held still."""
    if _frozen:
        return _frozen[-1]
    return datetime.now(UTC) + demo_shift()


@contextmanager
def held() -> Iterator[datetime]:
    """Hold the time still for one request or job."""
    token = _fixed.set(wall_clock())
    try:
        yield now()
    finally:
        _fixed.reset(token)


@contextmanager
def freeze(when: datetime) -> Iterator[None]:
    """Make `when` the time of this whole process until the block ends (tests only)."""
    _frozen.append(when)
    try:
        yield
    finally:
        _frozen.pop()


def _shift_file() -> Path:
    return settings.current().home / "demo-clock.json"


def demo_shift() -> timedelta:
    """How far the demonstration's clock was moved; always zero outside the demonstration.

    It lives in a file of CHORUS_HOME because web, workers and schedule must all see it at once.
    """
    if not settings.current().demo:
        return timedelta()
    try:
        return timedelta(seconds=json.loads(_shift_file().read_text())["seconds"])
    except FileNotFoundError:
        return timedelta()


def move_demo(to: datetime | None) -> None:
    """Move the demonstration's clock to a moment, or back to the true time with None."""
    if not settings.current().demo:
        raise RuntimeError("Only the demonstration's clock can be moved.")
    seconds = (to - datetime.now(UTC)).total_seconds() if to else 0.0
    part = _shift_file().with_suffix(".part")
    part.write_text(json.dumps({"seconds": seconds}))
    part.replace(_shift_file())
