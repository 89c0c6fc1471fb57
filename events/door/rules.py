"""Checking people in. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

# The door opens the evening before, for those who set up and for a rehearsal.
OPENS_BEFORE = timedelta(hours=24)


def why_not_check_in(state: str, starts_at: datetime, now: datetime) -> str | None:
    """Why somebody cannot be checked in now, or None."""
    if state == "cancelled":
        return "This registration was cancelled. Ask the organiser whether there is a place"
    if state == "waiting":
        return "This person is on the waiting list. Ask the organiser whether there is a place"
    if now < starts_at - OPENS_BEFORE:
        return "Check-in opens the day before the event"
    return None
