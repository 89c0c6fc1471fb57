"""Reading how far panels are, and what assigning reads looks at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from accounts.organisations.models import Membership, Organisation, OrganisationDomain
from accounts.organisations.rules import SHARED_MAIL_DOMAINS
from accounts.people.models import Person
from awards.entries.models import Entry, EntryPartner, EntryWriter
from awards.panels.models import Judge, Panel
from awards.panels.queries import JudgeRow, select_judges
from awards.planning.models import Read
from awards.planning.rules import LACKING, Board, EntryToRead, Held, Pair, PanelJudge
from awards.schemes.models import Category, Scheme
from base.database import among, db, holds
from base.errors import NotHere
from base.pages import Asked, Page


@dataclass(frozen=True)
class PanelRow:
    """A category as the organiser's list of panels shows it."""

    slug: str
    name: str
    judges: int = 0
    lived: int = 0
    entries: int = 0
    reads: int = 0
    done: int = 0


@dataclass(frozen=True)
class JudgeProgress(JudgeRow):
    """A judge of a panel, and how far they are."""

    reads: int
    done: int
    recused: int


@dataclass(frozen=True)
class ReadsTable:
    """The part of who reads what that a page shows; `counts` is {entry id: reads, not only those shown}."""

    page: Page[EntryToRead]
    board: Board
    counts: Mapping[int, int]

    @property
    def unbegun(self) -> set[Pair]:
        """Who reads what of the judges and entries that are shown, and has not begun."""
        shown = {judge.judge_id for judge in self.board.judges}
        return {held.pair for held in self.board.held if held.state == "assigned" and held.judge_id in shown}


@dataclass(frozen=True)
class Unbegun:
    """A read that its judge has not begun: its id, the judge as a person, the entry."""

    read_id: int
    person_id: int
    entry_id: int


def panels_of(scheme: Scheme) -> list[PanelRow]:
    """Every category in order with its panel's judges and how far the reads are; four queries."""
    counts = (_judges_by_category(scheme.id), _entries_by_category(scheme.id), _reads_by_category(scheme.id))
    categories = db.session.execute(
        select(Category.id, Category.slug, Category.name)
        .where(Category.scheme_id == scheme.id)
        .order_by(Category.position, Category.id)
    ).all()
    return [
        PanelRow(
            row.slug,
            row.name,
            **{name: number for count in counts for name, number in count.get(row.id, {}).items()},
        )
        for row in categories
    ]


Counts = dict[int, dict[str, int]]


def _counts(found: Select[*tuple[Any, ...]]) -> Counts:
    """{category id: {column: number}} of rows that begin with the category's id."""
    rows = db.session.execute(found)
    return {row[0]: dict(zip(row._fields[1:], row[1:], strict=True)) for row in rows}


def _judges_by_category(scheme_id: int) -> Counts:
    return _counts(
        select(
            Panel.category_id,
            func.count(Judge.id).label("judges"),
            func.count(Judge.id).filter(Judge.lived_experience).label("lived"),
        )
        .join(Category, Category.id == Panel.category_id)
        .join(Judge, Judge.panel_id == Panel.id)
        .where(Category.scheme_id == scheme_id)
        .group_by(Panel.category_id)
    )


def _entries_by_category(scheme_id: int) -> Counts:
    return _counts(
        select(Entry.category_id, func.count().label("entries"))
        .where(Entry.scheme_id == scheme_id, Entry.state == "submitted")
        .group_by(Entry.category_id)
    )


def _reads_by_category(scheme_id: int) -> Counts:
    return _counts(
        select(
            Entry.category_id,
            func.count().filter(Read.state != "recused").label("reads"),
            func.count().filter(Read.state == "done").label("done"),
        )
        .join(Read, Read.entry_id == Entry.id)
        .where(Entry.scheme_id == scheme_id)
        .group_by(Entry.category_id)
    )


def progress_of(category_id: int) -> list[JudgeProgress]:
    """The judges of a category, the chair first, then by name, with how far they are; one query."""
    rows = db.session.execute(
        select_judges(category_id)
        .add_columns(
            func.count(Read.id).filter(Read.state != "recused").label("reads"),
            func.count(Read.id).filter(Read.state == "done").label("done"),
            func.count(Read.id).filter(Read.state == "recused").label("recused"),
        )
        .outerjoin(Read, Read.judge_id == Judge.id)
        .group_by(Judge.id, Person.id, Organisation.id)
    )
    return [JudgeProgress(**row._mapping) for row in rows]


def progress_of_judge(category_id: int, judge_id: int) -> JudgeProgress:
    """One judge of a category with how far they are; raises NotHere."""
    found = [judge for judge in progress_of(category_id) if judge.judge_id == judge_id]
    if not found:
        raise NotHere
    return found[0]


def entries_in(category_id: int, *only: ColumnElement[bool]) -> int:
    """How many entries were sent in for a category; `only` are further conditions on Entry."""
    sent = select(func.count()).where(Entry.category_id == category_id, Entry.state == "submitted", *only)
    return db.session.scalar(sent) or 0


def board_of(scheme: Scheme, category: Category, entry_ids: Collection[int] | None = None) -> Board:
    """Everything that assigning reads in a category looks at, in a steady order; six queries.

    With `entry_ids` it holds no other entries than those, and their reads.
    """
    only = () if entry_ids is None else (among(Entry.id, entry_ids),)
    return Board(
        judges=_judges(category.id),
        entries=_entries(category.id, *only),
        held=_held(category.id, entry_ids),
        reads_per_entry=scheme.reads_per_entry,
        lived_experience_reads=scheme.lived_experience_reads,
    )


def reads_table(scheme: Scheme, category: Category, asked: Asked) -> ReadsTable:
    """A page of who reads what: of entries by reference, beside all judges or the one that is chosen.

    Searched by title and reference; the filter `reads` leaves those that lack some; nine queries.
    """
    only = holds(asked.words, Entry.title, Entry.reference)
    if asked.filters.get("reads") == LACKING:
        reads = select(func.count()).where(Read.entry_id == Entry.id, Read.state != "recused")
        only.append(reads.scalar_subquery() < scheme.reads_per_entry)

    def rows(skipped: int, most: int) -> list[EntryToRead]:
        return _entries(category.id, *only, part=(skipped, most))

    page = asked.part(entries_in(category.id, *only), rows)
    judge, shown = asked.filters.get("judge"), [entry.entry_id for entry in page.rows]
    board = Board(
        judges=[one for one in _judges(category.id) if judge in (None, str(one.judge_id))],
        entries=page.rows,
        held=_held(category.id, shown),
        reads_per_entry=scheme.reads_per_entry,
        lived_experience_reads=scheme.lived_experience_reads,
    )
    return ReadsTable(page, board, Counter(held.entry_id for held in board.active))


def _grouped(rows: Iterable[tuple[int, int]]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for key, value in rows:
        found.setdefault(key, set()).add(value)
    return found


def _judges(category_id: int) -> list[PanelJudge]:
    """The judges, with every organisation they belong to: by the panel, as a member, by their address."""
    rows = db.session.execute(
        select(
            Judge.id,
            Judge.person_id,
            Judge.organisation_id,
            Judge.lived_experience,
            Person.name,
            Person.email,
        )
        .join(Person, Person.id == Judge.person_id)
        .join(Panel, Panel.id == Judge.panel_id)
        .where(Panel.category_id == category_id)
        .order_by(Judge.id)
    ).all()
    member = (
        select(Membership.person_id, Membership.organisation_id)
        .where(among(Membership.person_id, [row.person_id for row in rows]), Membership.state == "member")
        .order_by(Membership.organisation_id)
    )
    memberships = _grouped((row.person_id, row.organisation_id) for row in db.session.execute(member))
    own_domains = {row.email.rpartition("@")[2] for row in rows} - SHARED_MAIL_DOMAINS
    domains = {
        row.domain: row.organisation_id
        for row in db.session.execute(
            select(OrganisationDomain.domain, OrganisationDomain.organisation_id).where(
                OrganisationDomain.domain.in_(own_domains)
            )
        )
    }
    return [
        PanelJudge(
            judge_id=row.id,
            person_id=row.person_id,
            name=row.name,
            lived_experience=row.lived_experience,
            organisations=frozenset(
                memberships.get(row.person_id, set())
                | {row.organisation_id, domains.get(row.email.rpartition("@")[2])} - {None}
            ),
        )
        for row in rows
    ]


def _by_entry(entry_id: Any, value: Any, ids: Collection[int]) -> dict[int, set[int]]:
    """{entry id: the values that stand beside it} of these entries."""
    rows = db.session.execute(select(entry_id, value).where(among(entry_id, ids)))
    return _grouped((row[0], row[1]) for row in rows)


def _entries(
    category_id: int, *only: ColumnElement[bool], part: tuple[int, int] | None = None
) -> list[EntryToRead]:
    """What was sent in, with all its organisations and everybody who had a hand in it.

    `only` are conditions on Entry; `part` is how many to skip and how many to give.
    """
    found = (
        select(
            Entry.id,
            Entry.reference,
            Entry.title,
            Entry.organisation_id,
            Entry.started_by,
            Entry.submitted_by,
            Entry.nominee,
        )
        .where(Entry.category_id == category_id, Entry.state == "submitted", *only)
        .order_by(Entry.reference)
    )
    rows = db.session.execute(found.offset(part[0]).limit(part[1]) if part else found).all()
    ids = [row.id for row in rows]
    partners = _by_entry(EntryPartner.entry_id, EntryPartner.organisation_id, ids)
    writers = _by_entry(EntryWriter.entry_id, EntryWriter.person_id, ids)
    return [
        EntryToRead(
            entry_id=row.id,
            reference=row.reference,
            title=row.title,
            organisations=frozenset(partners.get(row.id, set()) | {row.organisation_id}),
            people=frozenset(writers.get(row.id, set()) | {row.started_by, row.submitted_by} - {None}),
            nominee=row.nominee,
        )
        for row in rows
    ]


def _held(category_id: int, entry_ids: Collection[int] | None = None) -> list[Held]:
    found = (
        select(Read.judge_id, Read.entry_id, Read.state)
        .join(Entry, Entry.id == Read.entry_id)
        .where(Entry.category_id == category_id)
        .order_by(Read.judge_id, Read.entry_id)
    )
    rows = db.session.execute(found if entry_ids is None else found.where(among(Read.entry_id, entry_ids)))
    return [Held(row.judge_id, row.entry_id, row.state) for row in rows]


def unbegun_reads(category_id: int) -> list[Unbegun]:
    """The reads of a category that nobody has begun, in the order in which they were assigned."""
    rows = db.session.execute(
        select(Read.id, Judge.person_id, Read.entry_id)
        .join(Judge, Judge.id == Read.judge_id)
        .join(Panel, Panel.id == Judge.panel_id)
        .where(Panel.category_id == category_id, Read.state == "assigned")
        .order_by(Read.id)
    ).all()
    return [Unbegun(row.id, row.person_id, row.entry_id) for row in rows]
