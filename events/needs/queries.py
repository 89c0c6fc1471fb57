"""Reading what people need, apart from who they are."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Row, exists, func, select

from base.database import db, holds
from base.pages import Asked, Page
from events.needs.models import Needs
from events.registration.models import Registration
from events.registration.queries import workshops_chosen


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


def needs_told(event_id: int) -> list[Row[str, str]]:
    """The access and dietary needs of everybody who is registered for an event, as they noted them."""
    return list(
        db.session.execute(
            select(Needs.access, Needs.dietary)
            .join(Registration, Registration.id == Needs.registration_id)
            .where(Registration.event_id == event_id, Registration.state != "cancelled")
            .order_by(Registration.id)
        )
    )


def needs_of(event_id: int, asked: Asked) -> Page[Need]:
    """A page of what the registrations of an event need, by reference; three queries.

    With the workshops that they have places in. Searched by need and reference.
    """
    found = (
        select(Registration.id, Registration.reference, Needs.access, Needs.dietary)
        .join(Needs, Needs.registration_id == Registration.id)
        .where(
            Registration.event_id == event_id,
            Registration.state != "cancelled",
            *holds(asked.words, Needs.access, Needs.dietary, Registration.reference),
        )
        .order_by(Registration.reference)
    )

    def rows(skipped: int, most: int) -> list[Need]:
        part = db.session.execute(found.offset(skipped).limit(most)).all()
        chosen = workshops_chosen([row.id for row in part])
        return [
            Need(
                reference=row.reference,
                access=row.access,
                dietary=row.dietary,
                workshops=tuple(
                    f"{one.title} ({one.room})" for one in chosen[row.id] if one.state == "placed"
                ),
            )
            for row in part
        ]

    counted = found.with_only_columns(func.count(), maintain_column_froms=True).order_by(None)
    return asked.part(db.session.scalar(counted) or 0, rows)
