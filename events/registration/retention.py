"""Deleting what is no longer needed: needs after 30 days, names and addresses after 90. For the schedule."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select

from base.database import db
from events.registration import rules
from events.registration.models import Needs, Registration
from events.set_up.models import Event


def forget_needs(now: datetime) -> int:
    """Delete the needs of events that ended more than 30 days ago; gives how many."""
    over = (
        select(Registration.id)
        .join(Event, Event.id == Registration.event_id)
        .where(Event.ends_at < now - rules.NEEDS_KEPT)
    )
    done = db.session.execute(
        delete(Needs).where(Needs.registration_id.in_(over)).execution_options(synchronize_session=False)
    )
    return done.rowcount  # type: ignore[attr-defined]


def forget_registrations(now: datetime) -> int:
    """Delete the registrations of events that ended more than 90 days ago; gives how many."""
    over = select(Event.id).where(Event.ends_at < now - rules.REGISTRATIONS_KEPT)
    done = db.session.execute(
        delete(Registration)
        .where(Registration.event_id.in_(over))
        .execution_options(synchronize_session=False)
    )
    return done.rowcount  # type: ignore[attr-defined]
