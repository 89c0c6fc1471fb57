"""Who is expected at the door: names and references, nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from base.database import db, holds
from events.registration.models import Registration


@dataclass(frozen=True)
class Arrival:
    """Somebody who has a place, as a volunteer sees them."""

    reference: str
    badge_name: str
    checked_in_at: datetime | None


def arrivals(event_id: int, words: str = "") -> list[Arrival]:
    """The people with a place whose name or reference holds `words` (all without), by name."""
    found = select(Registration.reference, Registration.badge_name, Registration.checked_in_at).where(
        Registration.event_id == event_id,
        Registration.state == "placed",
        *holds(words.strip(), Registration.badge_name, Registration.reference),
    )
    rows = db.session.execute(found.order_by(func.lower(Registration.badge_name), Registration.reference))
    return [Arrival(**row._mapping) for row in rows]


def count_arrivals(event_id: int) -> tuple[int, int]:
    """How many have checked in, and how many have a place."""
    row = db.session.execute(
        select(func.count(Registration.checked_in_at).label("here"), func.count().label("expected")).where(
            Registration.event_id == event_id, Registration.state == "placed"
        )
    ).one()
    return row.here, row.expected
