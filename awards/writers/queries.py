"""Reading the drafts that have stopped."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select

from accounts.organisations.models import Organisation
from accounts.people.models import Person
from awards.entries.models import Entry, EntryWriter
from awards.entries.queries import select_opened
from awards.writers import rules
from base.database import among, db, holds
from base.pages import Asked, Page


@dataclass(frozen=True)
class StoppedDraft:
    """A draft that nobody has touched for a week."""

    reference: str
    title: str
    category: str
    organisation: str
    changed_at: datetime
    nudged_at: datetime | None


def stopped_drafts(scheme_id: int, now: datetime, asked: Asked) -> Page[StoppedDraft]:
    """A page of a scheme's drafts that nobody has touched for a week, the one that rests longest first.

    Searched by title, organisation and reference; two queries.
    """
    found = (
        select_opened()
        .where(
            Entry.scheme_id == scheme_id,
            Entry.state == "draft",
            Entry.changed_at <= now - rules.STOPPED_AFTER,
            *holds(asked.words, Entry.title, Organisation.name, Entry.reference),
        )
        .order_by(Entry.changed_at, Entry.id)
    )

    def rows(skipped: int, most: int) -> list[StoppedDraft]:
        return [
            StoppedDraft(
                entry.reference,
                entry.title,
                category.name,
                organisation.name,
                entry.changed_at,
                entry.nudged_at,
            )
            for entry, _, category, organisation in db.session.execute(found.offset(skipped).limit(most))
        ]

    counted = found.with_only_columns(func.count(), maintain_column_froms=True).order_by(None)
    return asked.part(db.session.scalar(counted) or 0, rows)


def is_due(now: datetime) -> ColumnElement[bool]:
    """The condition that a mail about a draft is due: rules.may_nudge, for the database."""
    quiet_since = func.greatest(Entry.changed_at, func.coalesce(Entry.nudged_at, Entry.changed_at))
    due: ColumnElement[bool] = (Entry.state == "draft") & (quiet_since <= now - rules.STOPPED_AFTER)
    return due


def count_due(scheme_id: int, now: datetime) -> int:
    """How many drafts of a scheme a mail is due about."""
    due = select(func.count()).select_from(Entry).where(Entry.scheme_id == scheme_id, is_due(now))
    return db.session.scalar(due) or 0


def writers_by_entry(entry_ids: Sequence[int]) -> dict[int, list[Person]]:
    """The writers of each of these entries, in the order in which they joined; one query."""
    rows = db.session.execute(
        select(EntryWriter.entry_id, Person)
        .join(Person, Person.id == EntryWriter.person_id)
        .where(among(EntryWriter.entry_id, entry_ids))
        .order_by(EntryWriter.added_at, Person.id)
    ).all()
    found: dict[int, list[Person]] = defaultdict(list)
    for entry_id, person in rows:
        found[entry_id].append(person)
    return found
