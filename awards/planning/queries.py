"""Reading how far panels are, and what assigning reads looks at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, func, select

from accounts.organisations.models import Membership, Organisation, OrganisationDomain
from accounts.organisations.rules import SHARED_MAIL_DOMAINS
from accounts.people.models import Person
from awards.entries.models import Entry, EntryPartner, EntryWriter
from awards.panels.models import Judge, Panel
from awards.panels.queries import JudgeRow, select_judges
from awards.planning.models import Read
from awards.planning.rules import Board, EntryToRead, Held, PanelJudge
from awards.schemes.models import Category, Scheme
from base.database import db
from base.errors import NotHere


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


def _counts(rows: Iterable[Row[Any]]) -> Counts:
    """{category id: {column: number}} of rows that begin with the category's id."""
    return {row[0]: dict(zip(row._fields[1:], row[1:], strict=True)) for row in rows}


def _judges_by_category(scheme_id: int) -> Counts:
    return _counts(
        db.session.execute(
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
    )


def _entries_by_category(scheme_id: int) -> Counts:
    return _counts(
        db.session.execute(
            select(Entry.category_id, func.count().label("entries"))
            .where(Entry.scheme_id == scheme_id, Entry.state == "submitted")
            .group_by(Entry.category_id)
        )
    )


def _reads_by_category(scheme_id: int) -> Counts:
    return _counts(
        db.session.execute(
            select(
                Panel.category_id,
                func.count().filter(Read.state != "recused").label("reads"),
                func.count().filter(Read.state == "done").label("done"),
            )
            .join(Category, Category.id == Panel.category_id)
            .join(Judge, Judge.panel_id == Panel.id)
            .join(Read, Read.judge_id == Judge.id)
            .where(Category.scheme_id == scheme_id)
            .group_by(Panel.category_id)
        )
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
    for judge in progress_of(category_id):
        if judge.judge_id == judge_id:
            return judge
    raise NotHere


def entries_in(category_id: int) -> int:
    """How many entries were sent in for a category."""
    sent = select(func.count()).where(Entry.category_id == category_id, Entry.state == "submitted")
    return db.session.scalar(sent) or 0


def board_of(scheme: Scheme, category: Category) -> Board:
    """Everything that assigning reads in a category looks at, in a steady order; seven queries."""
    return Board(
        judges=_judges(category.id),
        entries=_entries(category.id),
        held=_held(category.id),
        reads_per_entry=scheme.reads_per_entry,
        lived_experience_reads=scheme.lived_experience_reads,
    )


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
        .where(Membership.person_id.in_([row.person_id for row in rows]), Membership.state == "member")
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


def _entries(category_id: int) -> list[EntryToRead]:
    """What was sent in, with all its organisations and everybody who had a hand in it."""
    sent = (Entry.category_id == category_id, Entry.state == "submitted")
    rows = db.session.execute(
        select(
            Entry.id,
            Entry.reference,
            Entry.title,
            Entry.organisation_id,
            Entry.started_by,
            Entry.submitted_by,
            Entry.nominee,
        )
        .where(*sent)
        .order_by(Entry.reference)
    ).all()
    partners = _grouped(
        (row.entry_id, row.organisation_id)
        for row in db.session.execute(
            select(EntryPartner.entry_id, EntryPartner.organisation_id)
            .join(Entry, Entry.id == EntryPartner.entry_id)
            .where(*sent)
        )
    )
    writers = _grouped(
        (row.entry_id, row.person_id)
        for row in db.session.execute(
            select(EntryWriter.entry_id, EntryWriter.person_id)
            .join(Entry, Entry.id == EntryWriter.entry_id)
            .where(*sent)
        )
    )
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


def _held(category_id: int) -> list[Held]:
    rows = db.session.execute(
        select(Read.judge_id, Read.entry_id, Read.state)
        .join(Judge, Judge.id == Read.judge_id)
        .join(Panel, Panel.id == Judge.panel_id)
        .where(Panel.category_id == category_id)
        .order_by(Read.judge_id, Read.entry_id)
    ).all()
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
