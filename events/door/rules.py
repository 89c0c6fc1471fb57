"""When somebody may be checked in. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from base.errors import Refusal

# The door opens the evening before, for those who set up and for a rehearsal.
OPENS_BEFORE = timedelta(hours=24)


def why_not_check_in(state: str, starts_at: datetime, now: datetime) -> Refusal | None:
    """Why somebody cannot be checked in now, or None."""
    if state == "cancelled":
        return Refusal("This registration was cancelled. Ask the organiser whether there is a place")
    if state == "waiting":
        return Refusal("This person is on the waiting list. Ask the organiser whether there is a place")
    if now < starts_at - OPENS_BEFORE:
        return Refusal("Check-in opens the day before the event")
    return None
