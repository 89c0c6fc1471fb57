"""Reading the drafts that have stopped."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from accounts.people.models import Person
from awards.entries.models import Entry, EntryWriter
from awards.entries.queries import select_opened
from awards.writers import rules
from base.database import db


@dataclass(frozen=True)
class StoppedDraft:
    """A draft that nobody has touched for a week."""

    reference: str
    title: str
    category: str
    organisation: str
    changed_at: datetime
    nudged_at: datetime | None


def stopped_drafts(scheme_id: int, now: datetime) -> list[StoppedDraft]:
    """The drafts of a scheme that nobody has touched for a week, the one that rests longest first."""
    rows = db.session.execute(
        select_opened()
        .where(
            Entry.scheme_id == scheme_id,
            Entry.state == "draft",
            Entry.changed_at <= now - rules.STOPPED_AFTER,
        )
        .order_by(Entry.changed_at, Entry.id)
    ).all()
    return [
        StoppedDraft(
            entry.reference,
            entry.title,
            category.name,
            organisation.name,
            entry.changed_at,
            entry.nudged_at,
        )
        for entry, _, category, organisation in rows
    ]


def writers_by_entry(entry_ids: Sequence[int]) -> dict[int, list[Person]]:
    """The writers of each of these entries, in the order in which they joined; one query."""
    rows = db.session.execute(
        select(EntryWriter.entry_id, Person)
        .join(Person, Person.id == EntryWriter.person_id)
        .where(EntryWriter.entry_id.in_(entry_ids))
        .order_by(EntryWriter.added_at, Person.id)
    ).all()
    found: dict[int, list[Person]] = defaultdict(list)
    for entry_id, person in rows:
        found[entry_id].append(person)
    return found
