"""Reading people."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from accounts.people.models import Person
from base.database import db
from base.errors import NotHere


def person_by_id(person_id: int) -> Person:
    """One person; raises NotHere."""
    person = db.session.get(Person, person_id)
    if person is None:
        raise NotHere
    return person


def names_of(ids: Iterable[int | None]) -> dict[int, str]:
    """{person id: name} for those who exist, in one query."""
    wanted = {one for one in ids if one is not None}
    if not wanted:
        return {}
    rows = db.session.execute(select(Person.id, Person.name).where(Person.id.in_(wanted))).all()
    return {row.id: row.name for row in rows}
