"""Noting, replacing and deleting what people need."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select

from backstage.history.actions import record
from base.database import db
from events.needs import queries
from events.needs.models import Needs
from events.needs.rules import NEEDS_KEPT
from events.registration.actions import lock_registration
from events.registration.models import Registration
from events.set_up.models import Event


def note_needs(registration_id: int, access: str, dietary: str) -> bool:
    """Note what a registration without needs needs; two empty lines note nothing. Gives whether they did."""
    needed = bool(access or dietary)
    if needed:
        db.session.add(Needs(registration_id=registration_id, access=access, dietary=dietary))
    return needed


def delete_needs(registration_id: int) -> None:
    """Delete what a registration needs."""
    db.session.execute(delete(Needs).where(Needs.registration_id == registration_id))


def change_needs(token: str, access: str, dietary: str) -> bool:
    """Replace what a personal link's registration needs; two empty lines delete it.

    Gives whether any are noted now. Raises Refused or NotHere.
    """
    on, mine = lock_registration(token)
    before = queries.are_noted(mine.registration_id)
    delete_needs(mine.registration_id)
    noted = note_needs(mine.registration_id, access, dietary)
    scope, subject = f"event:{on.event.event_id}", f"registration:{mine.registration_id}"
    changes: dict[str, tuple[object, object]] = {"needs": (before, f"{access}{dietary}")}
    record(None, "needs.change_needs", scope, subject, changes, sensitive=("needs",))
    return noted


def forget_needs(now: datetime) -> int:
    """Delete the needs of events that ended over 30 days ago; gives how many. For the schedule."""
    over = (
        select(Registration.id)
        .join(Event, Event.id == Registration.event_id)
        .where(Event.ends_at < now - NEEDS_KEPT)
    )
    done = db.session.execute(
        delete(Needs).where(Needs.registration_id.in_(over)).execution_options(synchronize_session=False)
    )
    return done.rowcount  # type: ignore[attr-defined]
