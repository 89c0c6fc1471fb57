"""Reading outcomes. `visible_outcome` is the one way to an outcome for anybody but organisers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, func, select

from accounts.organisations.models import Organisation
from accounts.people.models import Person
from awards.entries.models import Entry, EntryWriter
from awards.entries.rules import STATES
from awards.marks.queries import marks_of, ruler_of, standings_of, totals_of
from awards.marks.rules import EntryMarks, Ranked, Standing, ranking, said
from awards.outcomes.models import Outcome, Telling
from awards.outcomes.rules import OUTCOMES, SHORTLISTED, UNDECIDED, WINNER, Deciding, visible
from awards.planning.models import Read
from awards.schemes.models import Category, Scheme
from base.database import among, db, holds
from base.errors import NotHere
from base.pages import Asked, Page


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
    marks: EntryMarks

    @property
    def reads(self) -> int:
        """How many reads were handed out."""
        return len(self.marks.by_read)

    @property
    def cells(self) -> tuple[object, ...]:
        """What stands under rules.COLUMNS of the list as a file."""
        return (
            self.reference,
            self.title,
            self.organisation,
            self.category,
            STATES[self.state],
            self.reads,
            self.marks.counted,
            said(self.marks.mean),
            OUTCOMES[self.outcome].words if self.outcome else "",
        )


@dataclass(frozen=True)
class RankedEntry:
    """An entry in its category's ranking."""

    row: EntryRow
    ranked: Ranked


@dataclass(frozen=True)
class CategoryDecided:
    """How far deciding is in one category; `counts` holds how many entries have each outcome."""

    slug: str
    name: str
    entries: int
    reads: int
    done: int
    counts: dict[str, int]

    @property
    def decided(self) -> int:
        """How many entries have an outcome."""
        return sum(self.counts.values())


def visible_outcomes(scheme: Scheme, now: datetime) -> dict[int, str]:
    """{entry id: outcome} of a scheme as everybody may see it at `now`; empty before the shortlist's hour."""
    if visible(SHORTLISTED, scheme.hours, now) is None:
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
    if entry.state != "submitted" or visible(SHORTLISTED, scheme.hours, now) is None:
        return None
    found = db.session.scalar(select(Outcome.outcome).where(Outcome.entry_id == entry.id))
    return visible(found, scheme.hours, now)


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
    )


def entry_row(scheme: Scheme, entry: Entry) -> EntryRow:
    """One entry with its marks, as in the list; four queries."""
    row = db.session.execute(_rows(scheme).where(Entry.id == entry.id)).one()
    return _entry_row(row, marks_of(scheme.id, Entry.id == entry.id))


def _entry_row(row: Row[Any], marks: Mapping[int, EntryMarks]) -> EntryRow:
    return EntryRow(**row._mapping, marks=marks.get(row.entry_id) or EntryMarks(row.entry_id))


def _order(scheme: Scheme, rows: Select[Any], sort: str) -> Select[Any]:
    """The rows in one of rules.SORTS; the marks are only read where they decide."""
    if sort not in ("reads", "mark"):
        words = {
            "title": [func.lower(Entry.title)],
            "organisation": [func.lower(Organisation.name)],
            "category": [func.lower(Category.name)],
        }
        return rows.order_by(*words.get(sort, []), Entry.reference)
    totals = totals_of(scheme.id, len(ruler_of(scheme.id).weights))
    by = totals.c.counted if sort == "reads" else totals.c.total * 1.0 / func.nullif(totals.c.counted, 0)
    rows = rows.outerjoin(totals, totals.c.entry_id == Entry.id)
    return rows.order_by(by.desc().nulls_last(), Entry.reference)


def entries_of(scheme: Scheme, asked: Asked) -> Page[EntryRow]:
    """A page of a scheme's entries, searched by title, organisation and reference; at most seven queries."""
    matching = [
        Entry.scheme_id == scheme.id,
        *holds(asked.words, Entry.title, Organisation.name, Entry.reference),
    ]
    if category := asked.filters.get("category"):
        slug = select(Category.id).where(Category.scheme_id == scheme.id, Category.slug == category)
        matching.append(Entry.category_id == slug.scalar_subquery())
    if state := asked.filters.get("state"):
        matching.append(Entry.state == state)
    counted = select(func.count()).select_from(Entry)
    if asked.words:
        counted = counted.join(Organisation, Organisation.id == Entry.organisation_id)
    ordered = _order(scheme, _rows(scheme).where(*matching), asked.sort)

    def rows(skipped: int, most: int) -> list[EntryRow]:
        found = db.session.execute(ordered.offset(skipped).limit(most)).all()
        marks = marks_of(scheme.id, among(Entry.id, [row.entry_id for row in found]))
        return [_entry_row(row, marks) for row in found]

    return asked.part(db.session.scalar(counted.where(*matching)) or 0, rows)


def ranking_of(scheme: Scheme, category: Category) -> list[Ranked]:
    """What was sent in for a category, ranked by raw mean; four queries."""
    sent_in = (Entry.category_id == category.id, Entry.state == "submitted")
    standings = standings_of(scheme.id, *sent_in)
    entries = db.session.scalars(select(Entry.id).where(*sent_in).order_by(Entry.reference))
    return ranking(standings.get(entry_id) or Standing(entry_id) for entry_id in entries)


def ranked_entries(scheme: Scheme, ranked: Sequence[Ranked], asked: Asked) -> Page[RankedEntry]:
    """A page of a ranking, each entry with its marks; four queries."""

    def rows(skipped: int, most: int) -> list[RankedEntry]:
        part = ranked[skipped : skipped + most]
        ids = [one.marks.entry_id for one in part]
        found = db.session.execute(_rows(scheme).where(among(Entry.id, ids))).all()
        marks = marks_of(scheme.id, among(Entry.id, ids))
        entries = {row.entry_id: _entry_row(row, marks) for row in found}
        return [RankedEntry(entries[one.marks.entry_id], one) for one in part]

    return asked.part(len(ranked), rows)


def categories_decided(scheme: Scheme) -> list[CategoryDecided]:
    """How far deciding is in every category, in order; two queries."""
    counts: dict[int, dict[str | None, int]] = {}
    for row in db.session.execute(
        select(Entry.category_id, Outcome.outcome, func.count().label("entries"))
        .outerjoin(Outcome, Outcome.entry_id == Entry.id)
        .where(Entry.scheme_id == scheme.id, Entry.state == "submitted")
        .group_by(Entry.category_id, Outcome.outcome)
    ):
        counts.setdefault(row.category_id, {})[row.outcome] = row.entries
    reads = (
        select(
            Entry.category_id,
            func.count().label("reads"),
            func.count().filter(Read.state == "done").label("done"),
        )
        .join(Read, Read.entry_id == Entry.id)
        .where(Entry.scheme_id == scheme.id, Entry.state == "submitted", Read.state != "recused")
        .group_by(Entry.category_id)
        .subquery()
    )
    categories = (
        select(
            Category.id,
            Category.slug,
            Category.name,
            func.coalesce(reads.c.reads, 0).label("reads"),
            func.coalesce(reads.c.done, 0).label("done"),
        )
        .outerjoin(reads, reads.c.category_id == Category.id)
        .where(Category.scheme_id == scheme.id)
        .order_by(Category.position, Category.id)
    )
    return [
        CategoryDecided(
            slug=row.slug,
            name=row.name,
            entries=sum(counts.get(row.id, {}).values()),
            reads=row.reads,
            done=row.done,
            counts={outcome: counts.get(row.id, {}).get(outcome, 0) for outcome in OUTCOMES},
        )
        for row in db.session.execute(categories)
    ]


def undecided_in(scheme: Scheme) -> list[str]:
    """The names of the categories with entries of which none has an outcome yet, in order; one query."""
    sent_in = select(Entry.id).where(Entry.category_id == Category.id, Entry.state == "submitted")
    decided = sent_in.join(Outcome, Outcome.entry_id == Entry.id)
    names = (
        select(Category.name)
        .where(Category.scheme_id == scheme.id, sent_in.exists(), ~decided.exists())
        .order_by(Category.position, Category.id)
    )
    return list(db.session.scalars(names))


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
    hours, won = scheme.hours, [row for row in rows if row.outcome == WINNER]
    # Pages show an outcome from its hour on, whether or not the mails have gone out yet.
    in_time = _was_shown([row.decided_at for row in rows], hours.shortlist_at, now)
    won_in_time = _was_shown([row.decided_at for row in won], hours.winners_at, now)
    return Deciding(
        current=next((row.outcome for row in rows if row.entry_id == entry.id), UNDECIDED),
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
        .where(among(EntryWriter.entry_id, entry_ids))
        .order_by(EntryWriter.entry_id, EntryWriter.added_at, Person.id)
    ).all()
    writers: dict[int, list[Person]] = {}
    for entry_id, person in rows:
        writers.setdefault(entry_id, []).append(person)
    return writers
