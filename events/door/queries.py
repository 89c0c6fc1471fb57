"""Who is expected at the door: names and references, nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from base.database import db, holds
from base.pages import Asked, Page
from events.registration.models import Registration


@dataclass(frozen=True)
class Arrival:
    """Somebody who has a place, as a volunteer sees them."""

    reference: str
    badge_name: str
    checked_in_at: datetime | None


def arrivals(event_id: int, asked: Asked) -> Page[Arrival]:
    """A page of the people with a place, by name; searched by name and reference; two queries."""
    found = (
        select(Registration.reference, Registration.badge_name, Registration.checked_in_at)
        .where(
            Registration.event_id == event_id,
            Registration.state == "placed",
            *holds(asked.words, Registration.badge_name, Registration.reference),
        )
        .order_by(func.lower(Registration.badge_name), Registration.id)
    )

    def rows(skipped: int, most: int) -> list[Arrival]:
        return [Arrival(**row._mapping) for row in db.session.execute(found.offset(skipped).limit(most))]

    counted = found.with_only_columns(func.count()).order_by(None)
    return asked.part(db.session.scalar(counted) or 0, rows)


def count_arrivals(event_id: int) -> tuple[int, int]:
    """How many have checked in, and how many have a place."""
    row = db.session.execute(
        select(func.count(Registration.checked_in_at).label("here"), func.count().label("expected")).where(
            Registration.event_id == event_id, Registration.state == "placed"
        )
    ).one()
    return row.here, row.expected
