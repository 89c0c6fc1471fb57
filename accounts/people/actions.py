"""Meeting people and letting them change their name."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from accounts.people import rules
from accounts.people.models import Person
from backstage.history.actions import record
from base.database import db
from base.errors import refuse_if
from outside import clock


def meet_person(email: str, name: str = "") -> Person:
    """The person with this address, made when nobody has it yet; two at once make one.

    Whoever is met (they sign in, or somebody invites them) uses Chorus: from then on they are kept for KEPT.
    """
    address, now = rules.tidy_email(email), clock.now()
    db.session.execute(
        insert(Person)
        .values(
            email=address,
            name=rules.tidy_name(name) or rules.name_from_email(address),
            administrator=False,
            joined_at=now,
            used_at=now,
        )
        .on_conflict_do_nothing(index_elements=["email"])
    )
    person = db.session.scalars(select(Person).where(Person.email == address)).one()
    if person.used_at < now - rules.USE_NOTED:
        person.used_at = now
    return person


def change_name(person_id: int, name: str) -> None:
    """Give a person the name that they want to be known by; raises Refused when it is empty."""
    person = db.session.scalars(select(Person).where(Person.id == person_id).with_for_update()).one()
    new = rules.tidy_name(name)
    refuse_if(rules.why_not_be_called(new))
    myself = f"person:{person_id}"
    record(person_id, "people.change_name", myself, myself, {"name": (person.name, new)}, sensitive=("name",))
    person.name = new


def make_administrator(email: str) -> Person:
    """Give a person (made if need be) the administrator's role."""
    person = meet_person(email)
    record(
        None,
        "people.make_administrator",
        "chorus",
        f"person:{person.id}",
        {"administrator": (person.administrator, True)},
    )
    person.administrator = True
    return person
