"""Who is next in line: first come, first served."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from base.database import db
from events.registration.models import Registration, WorkshopChoice


def next_for_workshop(session_id: int, many: int) -> list[tuple[WorkshopChoice, Registration]]:
    """The choices that wait longest for a workshop, at most `many`, with their registrations."""
    rows = db.session.execute(
        select(WorkshopChoice, Registration)
        .join(Registration, Registration.id == WorkshopChoice.registration_id)
        .where(WorkshopChoice.session_id == session_id, WorkshopChoice.state == "waiting")
        .order_by(WorkshopChoice.id)
        .limit(many)
    )
    return [(row.WorkshopChoice, row.Registration) for row in rows]


def next_for_event(event_id: int, many: int) -> Sequence[Registration]:
    """The registrations that wait longest for an event, at most `many`."""
    return db.session.scalars(
        select(Registration)
        .where(Registration.event_id == event_id, Registration.state == "waiting")
        .order_by(Registration.id)
        .limit(many)
    ).all()
