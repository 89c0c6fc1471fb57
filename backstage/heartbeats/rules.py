"""When a process counts as alive."""

from __future__ import annotations

from datetime import timedelta

EVERY_SECONDS = 5
# Three missed beats; with the beat itself this keeps /health right within 20 seconds.
FRESH = timedelta(seconds=15)
