"""When a process counts as alive."""

from __future__ import annotations

from datetime import datetime, timedelta

EVERY_SECONDS = 5
# Three missed beats; with the beat itself this keeps /health right within 20 seconds.
FRESH = timedelta(seconds=15)


def is_alive(last_beat: datetime, now: datetime) -> bool:
    """True while the last beat is fresh."""
    return now - last_beat <= FRESH
