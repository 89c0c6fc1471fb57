"""Checking people in, and taking that back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from backstage.history.actions import record
from base.database import db
from base.errors import NotHere, refuse_if
from events.door import rules
from events.registration.models import Registration
from events.set_up.models import Event
from outside import clock


def check_in(who: int, event_slug: str, reference: str) -> str:
    """Check somebody in by reference; twice is once. Gives the badge's name, or the reference without one.

    Raises Refused or NotHere.
    """
    found, starts_at = _lock_registration(event_slug, reference)
    now = clock.now()
    refuse_if(rules.why_not_check_in(found.state, starts_at, now))
    if found.checked_in_at is None:
        found.checked_in_at = now
        record(who, "door.check_in", f"event:{found.event_id}", f"registration:{found.id}")
    return found.badge_name or found.reference


def undo_check_in(who: int, event_slug: str, reference: str) -> str:
    """Take a check-in back. Gives the badge's name, or the reference without one. Raises NotHere."""
    found, _ = _lock_registration(event_slug, reference)
    if found.checked_in_at is not None:
        found.checked_in_at = None
        record(who, "door.undo_check_in", f"event:{found.event_id}", f"registration:{found.id}")
    return found.badge_name or found.reference


def _lock_registration(event_slug: str, reference: str) -> tuple[Registration, datetime]:
    """A registration of an event, locked, and when the event starts; raises NotHere."""
    row = db.session.execute(
        select(Registration, Event.starts_at)
        .join(Event, Event.id == Registration.event_id)
        .where(Event.slug == event_slug, Registration.reference == reference.strip().upper())
        .with_for_update(of=Registration)
    ).one_or_none()
    if row is None:
        raise NotHere
    return row[0], row[1]
