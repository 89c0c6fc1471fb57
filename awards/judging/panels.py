"""Reading panels: their judges, how far they are, and every read of an entry. For organisers and chairs."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, select

from accounts.organisations.models import Organisation
from accounts.people.models import Person
from awards.entries.models import Entry
from awards.judging.models import Judge, Panel, Read, Score
from awards.schemes.models import Category, Scheme
from base.database import db
from base.errors import NotHere


@dataclass(frozen=True)
class PanelRow:
    """A category as the organiser's list of panels shows it."""

    category_id: int
    slug: str
    name: str
    judges: int = 0
    lived: int = 0
    entries: int = 0
    reads: int = 0
    done: int = 0
    recused: int = 0


@dataclass(frozen=True)
class JudgeRow:
    """A judge of a panel, and how far they are."""

    judge_id: int
    person_id: int
    name: str
    email: str
    organisation: str | None
    lived_experience: bool
    chair: bool
    reads: int
    done: int
    recused: int


@dataclass(frozen=True)
class OneScore:
    """One number of a read, for the organiser's page of an entry."""

    criterion_id: int
    value: int | None
    comment: str


@dataclass
class FullRead:
    """A read with its judge and scores, for the organiser's page of an entry."""

    read_id: int
    judge: str
    lived_experience: bool
    state: str
    conflict: str
    finished_at: datetime | None
    scores: dict[int, OneScore] = field(default_factory=dict)


def panels_of(scheme: Scheme) -> list[PanelRow]:
    """Every category in order with its panel's judges and how far the reads are; four queries."""
    categories = db.session.execute(
        select(Category.id, Category.slug, Category.name)
        .where(Category.scheme_id == scheme.id)
        .order_by(Category.position, Category.id)
    ).all()
    mine = Category.scheme_id == scheme.id
    judges = {
        row.category_id: row
        for row in db.session.execute(
            select(
                Panel.category_id,
                func.count(Judge.id).label("judges"),
                func.count(Judge.id).filter(Judge.lived_experience).label("lived"),
            )
            .join(Category, Category.id == Panel.category_id)
            .join(Judge, Judge.panel_id == Panel.id)
            .where(mine)
            .group_by(Panel.category_id)
        )
    }
    entries: dict[int, int] = {
        row.category_id: row.entries
        for row in db.session.execute(
            select(Entry.category_id, func.count().label("entries"))
            .where(Entry.scheme_id == scheme.id, Entry.state == "submitted")
            .group_by(Entry.category_id)
        )
    }
    reads = {
        row.category_id: row
        for row in db.session.execute(
            select(
                Panel.category_id,
                func.count().filter(Read.state != "recused").label("reads"),
                func.count().filter(Read.state == "done").label("done"),
                func.count().filter(Read.state == "recused").label("recused"),
            )
            .join(Category, Category.id == Panel.category_id)
            .join(Judge, Judge.panel_id == Panel.id)
            .join(Read, Read.judge_id == Judge.id)
            .where(mine)
            .group_by(Panel.category_id)
        )
    }
    return [
        PanelRow(
            category_id=row.id,
            slug=row.slug,
            name=row.name,
            entries=entries.get(row.id, 0),
            **_counts(judges.get(row.id), "judges", "lived"),
            **_counts(reads.get(row.id), "reads", "done", "recused"),
        )
        for row in categories
    ]


def _counts(row: object | None, *names: str) -> dict[str, int]:
    return {name: getattr(row, name) for name in names} if row is not None else {}


def is_chair(person_id: int, scheme_slug: str, category_slug: str) -> bool:
    """Whether a person chairs the panel of a category."""
    chairs = (
        select(Judge.id)
        .join(Panel, Panel.id == Judge.panel_id)
        .join(Category, Category.id == Panel.category_id)
        .join(Scheme, Scheme.id == Category.scheme_id)
        .where(
            Judge.person_id == person_id,
            Judge.chair,
            Scheme.slug == scheme_slug,
            Category.slug == category_slug,
        )
    )
    return db.session.scalars(chairs.limit(1)).one_or_none() is not None


def entries_in(category_id: int) -> int:
    """How many entries were sent in for a category."""
    sent = select(func.count()).where(Entry.category_id == category_id, Entry.state == "submitted")
    return db.session.scalar(sent) or 0


def judges_of(category_id: int) -> list[JudgeRow]:
    """The judges of a category, the chair first, then by name, with how far they are; one query."""
    rows = db.session.execute(
        select(
            Judge.id.label("judge_id"),
            Judge.person_id,
            Person.name,
            Person.email,
            Organisation.name.label("organisation"),
            Judge.lived_experience,
            Judge.chair,
            func.count(Read.id).filter(Read.state != "recused").label("reads"),
            func.count(Read.id).filter(Read.state == "done").label("done"),
            func.count(Read.id).filter(Read.state == "recused").label("recused"),
        )
        .join(Panel, Panel.id == Judge.panel_id)
        .join(Person, Person.id == Judge.person_id)
        .outerjoin(Organisation, Organisation.id == Judge.organisation_id)
        .outerjoin(Read, Read.judge_id == Judge.id)
        .where(Panel.category_id == category_id)
        .group_by(Judge.id, Person.id, Organisation.id)
        .order_by(Judge.chair.desc(), func.lower(Person.name), Judge.id)
    ).all()
    return [JudgeRow(**row._mapping) for row in rows]


def judge_of(category_id: int, judge_id: int) -> JudgeRow:
    """One judge of a category; raises NotHere."""
    for one in judges_of(category_id):
        if one.judge_id == judge_id:
            return one
    raise NotHere


def chaired_by(person_id: int) -> list[tuple[str, str, str]]:
    """The panels that a person chairs: (scheme's slug, category's slug, category's name), newest first."""
    rows = db.session.execute(
        select(Scheme.slug, Category.slug, Category.name)
        .join(Category, Category.scheme_id == Scheme.id)
        .join(Panel, Panel.category_id == Category.id)
        .join(Judge, Judge.panel_id == Panel.id)
        .where(Judge.person_id == person_id, Judge.chair)
        .order_by(Scheme.closes_at.desc(), Category.position)
    ).all()
    return [(row[0], row[1], row[2]) for row in rows]


def full_reads(entry_id: int) -> list[FullRead]:
    """Every read of an entry with judge and scores, for organisers; two queries."""
    rows = db.session.execute(
        select(Read.id, Person.name, Judge.lived_experience, Read.state, Read.conflict, Read.finished_at)
        .join(Judge, Judge.id == Read.judge_id)
        .join(Person, Person.id == Judge.person_id)
        .where(Read.entry_id == entry_id)
        .order_by(func.lower(Person.name), Read.id)
    ).all()
    reads = {
        row.id: FullRead(row.id, row.name, row.lived_experience, row.state, row.conflict, row.finished_at)
        for row in rows
    }
    scores = select(Score).where(Score.read_id.in_(reads)).order_by(Score.read_id, Score.criterion_id)
    for score in db.session.scalars(scores):
        reads[score.read_id].scores[score.criterion_id] = OneScore(
            score.criterion_id, score.value, score.comment
        )
    return list(reads.values())
