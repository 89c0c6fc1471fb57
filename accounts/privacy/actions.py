"""Forgetting people who have not been here for years."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select, update

from accounts.organisations.models import Membership
from accounts.people import rules
from accounts.people.models import Person
from accounts.sign_in.models import Device
from base.database import db


def forget_people(now: datetime) -> int:
    """Forget who the people are that have neither signed in nor been invited for KEPT; gives how many.

    Their rows stay, without name and address, because what they did for others stays: marks of a judge,
    lines of the history. Where they belonged to and how they signed in is deleted.
    """
    gone = select(Person.id).where(
        Person.used_at < now - rules.KEPT, Person.email.not_like(f"%@{rules.FORGOTTEN_DOMAIN}")
    )
    ids = db.session.scalars(gone.order_by(Person.id).with_for_update()).all()
    for table in (Membership, Device):
        db.session.execute(delete(table).where(table.person_id.in_(ids)))
    for person_id in ids:
        forgotten = update(Person).where(Person.id == person_id)
        db.session.execute(
            forgotten.values(
                email=rules.forgotten_email(person_id), name=rules.FORGOTTEN_NAME, administrator=False
            )
        )
    return len(ids)
