"""Reading marks and outcomes. `visible_outcome` is the one way to an outcome for anybody but organisers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from accounts.organisations.models import Organisation
from accounts.people.models import Person
from awards.entries.models import Entry, EntryWriter
from awards.judging.models import Read, Score
from awards.judging.queries import ruler_of
from awards.judging.rules import mark_of_total
from awards.outcomes.models import Outcome, Telling
from awards.outcomes.rules import Deciding, EntryMarks, Ranked, rank, visible
from awards.schemes.models import Category, Criterion, Scheme
from base.database import db
from base.errors import NotHere

NOTHING = EntryMarks(0)


@dataclass(frozen=True)
class EntryRow:
    """An entry as the organiser's list shows it."""

    entry_id: int
    reference: str
    title: str
    state: str
    organisation: str
    category: str
    category_slug: str
    outcome: str | None
    marks: EntryMarks = NOTHING

    @property
    def reads(self) -> int:
        """How many reads were handed out."""
        return len(self.marks.marks) + self.marks.unfinished


@dataclass(frozen=True)
class RankedEntry:
    """An entry in its category's ranking."""

    row: EntryRow
    ranked: Ranked


@dataclass(frozen=True)
class CategoryDecided:
    """How far deciding is in one category."""

    slug: str
    name: str
    entries: int
    reads: int
    done: int
    shortlisted: int
    highly_commended: int
    winners: int

    @property
    def decided(self) -> int:
        """How many entries have an outcome."""
        return self.shortlisted + self.highly_commended + self.winners


def visible_outcomes(scheme: Scheme, now: datetime) -> dict[int, str]:
    """{entry id: outcome} of a scheme as everybody may see it at `now`; empty before the shortlist's hour."""
    if visible("shortlisted", scheme.hours, now) is None:
        return {}
    rows = db.session.execute(
        select(Outcome.entry_id, Outcome.outcome)
        .join(Entry, Entry.id == Outcome.entry_id)
        .where(Entry.scheme_id == scheme.id, Entry.state == "submitted")
        .order_by(Outcome.entry_id)
    ).all()
    seen = {row.entry_id: visible(row.outcome, scheme.hours, now) for row in rows}
    return {entry_id: outcome for entry_id, outcome in seen.items() if outcome is not None}


def visible_outcome(entry: Entry, scheme: Scheme, now: datetime) -> str | None:
    """One entry's outcome as everybody may see it at `now`; None before its hour and where there is none."""
    if entry.state != "submitted" or visible("shortlisted", scheme.hours, now) is None:
        return None
    found = db.session.scalar(select(Outcome.outcome).where(Outcome.entry_id == entry.id))
    return visible(found, scheme.hours, now)


def marks_of(scheme_id: int, *only: ColumnElement[bool]) -> dict[int, EntryMarks]:
    """{entry id: marks} of what has reads in a scheme; three queries. `only` are conditions on Entry."""
    ruler = ruler_of(scheme_id)
    reads = (
        select(
            Read.entry_id,
            Read.state,
            func.count(Score.value).label("scored"),
            func.coalesce(func.sum(Score.value * Criterion.weight), 0).label("total"),
        )
        .join(Entry, Entry.id == Read.entry_id)
        .outerjoin(Score, Score.read_id == Read.id)
        .outerjoin(Criterion, Criterion.id == Score.criterion_id)
        .where(Entry.scheme_id == scheme_id, Read.state != "recused", *only)
        .group_by(Read.id)
        .order_by(Read.id)
    )
    marks: dict[int, list[Fraction]] = {}
    unfinished: Counter[int] = Counter()
    for row in db.session.execute(reads):
        mark = mark_of_total(int(row.total), row.scored, ruler) if row.state == "done" else None
        if mark is None:
            unfinished[row.entry_id] += 1
        else:
            marks.setdefault(row.entry_id, []).append(mark)
    return {
        entry_id: EntryMarks(entry_id, tuple(marks.get(entry_id, ())), unfinished[entry_id])
        for entry_id in marks.keys() | unfinished.keys()
    }


def _rows(scheme: Scheme) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Entry.id.label("entry_id"),
            Entry.reference,
            Entry.title,
            Entry.state,
            Organisation.name.label("organisation"),
            Category.name.label("category"),
            Category.slug.label("category_slug"),
            Outcome.outcome,
        )
        .join(Organisation, Organisation.id == Entry.organisation_id)
        .join(Category, Category.id == Entry.category_id)
        .outerjoin(Outcome, Outcome.entry_id == Entry.id)
        .where(Entry.scheme_id == scheme.id)
        .order_by(Entry.reference)
    )


def entry_row(scheme: Scheme, entry: Entry) -> EntryRow:
    """One entry with its marks, as in the list; four queries."""
    row = db.session.execute(_rows(scheme).where(Entry.id == entry.id)).one()
    return EntryRow(**row._mapping, marks=marks_of(scheme.id, Entry.id == entry.id).get(entry.id, NOTHING))


def entries_of(scheme: Scheme, category: str = "", state: str = "") -> list[EntryRow]:
    """A scheme's entries by reference, of one category (its slug) or state where given; four queries."""
    rows = _rows(scheme)
    only: list[ColumnElement[bool]] = []
    if category:
        slug = select(Category.id).where(Category.scheme_id == scheme.id, Category.slug == category)
        only.append(Entry.category_id == slug.scalar_subquery())
    if state:
        only.append(Entry.state == state)
    rows, marks = rows.where(*only), marks_of(scheme.id, *only)
    return [
        EntryRow(**row._mapping, marks=marks.get(row.entry_id, NOTHING)) for row in db.session.execute(rows)
    ]


def ranking_of(scheme: Scheme, category: Category) -> list[RankedEntry]:
    """What was sent in for a category, ranked by raw mean; four queries."""
    rows = {row.entry_id: row for row in entries_of(scheme, category.slug, "submitted")}
    entries = [EntryMarks(row.entry_id, row.marks.marks, row.marks.unfinished) for row in rows.values()]
    return [RankedEntry(rows[one.marks.entry_id], one) for one in rank(entries)]


def categories_decided(scheme: Scheme) -> list[CategoryDecided]:
    """How far deciding is in every category, in order; two queries."""
    entries = {
        row.category_id: row
        for row in db.session.execute(
            select(
                Entry.category_id,
                func.count().label("entries"),
                *(
                    func.count().filter(Outcome.outcome == outcome).label(outcome)
                    for outcome in ("shortlisted", "highly_commended", "winner")
                ),
            )
            .outerjoin(Outcome, Outcome.entry_id == Entry.id)
            .where(Entry.scheme_id == scheme.id, Entry.state == "submitted")
            .group_by(Entry.category_id)
        )
    }
    reads = (
        select(
            Category.id,
            Category.slug,
            Category.name,
            func.count(Read.id).label("reads"),
            func.count(Read.id).filter(Read.state == "done").label("done"),
        )
        .outerjoin(Entry, (Entry.category_id == Category.id) & (Entry.state == "submitted"))
        .outerjoin(Read, (Read.entry_id == Entry.id) & (Read.state != "recused"))
        .where(Category.scheme_id == scheme.id)
        .group_by(Category.id)
        .order_by(Category.position, Category.id)
    )
    found = []
    for row in db.session.execute(reads):
        counts = entries.get(row.id)
        found.append(
            CategoryDecided(
                slug=row.slug,
                name=row.name,
                entries=counts.entries if counts else 0,
                reads=row.reads,
                done=row.done,
                shortlisted=counts.shortlisted if counts else 0,
                highly_commended=counts.highly_commended if counts else 0,
                winners=counts.winner if counts else 0,
            )
        )
    return found


def entry_of(scheme: Scheme, reference: str) -> Entry:
    """One entry of a scheme; raises NotHere."""
    found = db.session.scalars(
        select(Entry).where(Entry.scheme_id == scheme.id, Entry.reference == reference)
    ).one_or_none()
    if found is None:
        raise NotHere
    return found


def outcome_of(entry_id: int) -> Outcome | None:
    """What was decided about an entry, for organisers only."""
    return db.session.get(Outcome, entry_id)


def deciding_about(scheme: Scheme, entry: Entry, now: datetime) -> Deciding:
    """What deciding about an entry looks at, with what was announced by `now`; three queries."""
    rows = db.session.execute(
        select(Outcome.entry_id, Outcome.outcome, Outcome.decided_at, Entry.title)
        .join(Entry, Entry.id == Outcome.entry_id)
        .where(Entry.category_id == entry.category_id)
        .order_by(Outcome.decided_at, Outcome.entry_id)
    ).all()
    told = set(
        db.session.scalars(
            select(Telling.hour)
            .join(Entry, Entry.id == Telling.entry_id)
            .where(Entry.category_id == entry.category_id)
            .distinct()
        )
    )
    hours, won = scheme.hours, [row for row in rows if row.outcome == "winner"]
    # Pages show an outcome from its hour on, whether or not the mails have gone out yet.
    in_time = _was_shown([row.decided_at for row in rows], hours.shortlist_at, now)
    won_in_time = _was_shown([row.decided_at for row in won], hours.winners_at, now)
    return Deciding(
        current=next((row.outcome for row in rows if row.entry_id == entry.id), ""),
        entry_state=entry.state,
        hours=hours,
        other_winners=tuple(row.title for row in won if row.entry_id != entry.id),
        shortlist_announced="shortlist" in told or in_time,
        winners_announced="winners" in told or won_in_time,
    )


def _was_shown(decided: Sequence[datetime], hour: datetime | None, now: datetime) -> bool:
    """Whether one of these decisions stood when its hour came, and the hour has come."""
    return hour is not None and hour <= now and any(moment <= hour for moment in decided)


def writers_of(entry_ids: Sequence[int]) -> dict[int, list[Person]]:
    """{entry id: the people who write it, in the order they came}; one query."""
    rows = db.session.execute(
        select(EntryWriter.entry_id, Person)
        .join(Person, Person.id == EntryWriter.person_id)
        .where(EntryWriter.entry_id.in_(entry_ids))
        .order_by(EntryWriter.entry_id, EntryWriter.added_at, Person.id)
    ).all()
    writers: dict[int, list[Person]] = {}
    for entry_id, person in rows:
        writers.setdefault(entry_id, []).append(person)
    return writers
