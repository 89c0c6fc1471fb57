"""Reading what people need, apart from who they are."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import exists, func, select

from base.database import db
from events.agenda.queries import all_sessions
from events.needs.models import Needs
from events.registration.models import Registration
from events.registration.queries import chosen_titles


@dataclass(frozen=True)
class Need:
    """What one registration needs, without name or address: the reference leads to them where it has to."""

    reference: str
    access: str
    dietary: str
    workshops: tuple[str, ...]


def are_noted(registration_id: int) -> bool:
    """Whether a registration noted any needs; what they are is never told to its link."""
    return bool(db.session.scalar(select(exists().where(Needs.registration_id == registration_id))))


def count_needs(event_id: int) -> tuple[int, int]:
    """How many people with a place at an event noted access needs, and how many dietary ones."""
    row = db.session.execute(
        select(
            func.count().filter(Needs.access != "").label("access"),
            func.count().filter(Needs.dietary != "").label("dietary"),
        )
        .select_from(Needs)
        .join(Registration, Registration.id == Needs.registration_id)
        .where(Registration.event_id == event_id, Registration.state == "placed")
    ).one()
    return row.access, row.dietary


def needs_of(event_id: int) -> list[Need]:
    """What the registrations of an event need, by reference, with the workshops that they have places in."""
    rows = db.session.execute(
        select(Registration.id, Registration.reference, Needs.access, Needs.dietary)
        .join(Needs, Needs.registration_id == Registration.id)
        .where(Registration.event_id == event_id, Registration.state != "cancelled")
        .order_by(Registration.reference)
    ).all()
    titles = {one.session_id: f"{one.title} ({one.room})" for one in all_sessions(event_id)}
    chosen = chosen_titles([row.id for row in rows], titles)
    return [
        Need(
            reference=row.reference,
            access=row.access,
            dietary=row.dietary,
            workshops=tuple(title for title, state in chosen[row.id] if state == "placed"),
        )
        for row in rows
    ]
