"""Reading what a judge has to read, and what judges scored."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, func, select

from accounts.organisations.models import Organisation
from accounts.people.models import Person
from awards.entries.models import Entry
from awards.judging.models import Score
from awards.panels.models import Judge
from awards.planning.models import Read
from awards.schemes.models import Category, Criterion, CriterionQuestion, ScalePoint, Scheme
from awards.schemes.rules import Hours
from backstage.answers.queries import Item, items_about
from base.database import among, db
from base.errors import NotHere


@dataclass(frozen=True)
class ReadRow:
    """One of a judge's reads, as their list shows it."""

    state: str
    reference: str
    title: str
    organisation: str
    category: str
    scheme_id: int
    scheme: str
    scheme_slug: str
    invented: bool
    hours: Hours


@dataclass(frozen=True)
class OneRead:
    """A read with what its pages need of entry, category and scheme."""

    read_id: int
    state: str
    reference: str
    title: str
    nominee: str
    answer_sheet_id: int
    question_set_id: int
    organisation: str
    category: str
    scheme_id: int
    scheme: str
    scheme_slug: str
    invented: bool
    hours: Hours


@dataclass(frozen=True)
class Scored:
    """A criterion with what this read gave it so far."""

    criterion_id: int
    key: str
    name: str
    hint: str
    weight: int
    value: int | None
    comment: str


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


def may_read(person_id: int, reference: str) -> bool:
    """Whether a person was given this entry to read and has not stepped back from it."""
    theirs = (
        select(Read.id)
        .join(Judge, Judge.id == Read.judge_id)
        .join(Entry, Entry.id == Read.entry_id)
        .where(Judge.person_id == person_id, Entry.reference == reference, Read.state != "recused")
    )
    return db.session.scalars(theirs.limit(1)).one_or_none() is not None


_HOURS = tuple(hour.name for hour in fields(Hours))
# What every page of a read needs of its scheme.
_SCHEME = (
    Scheme.id.label("scheme_id"),
    func.concat(Scheme.name, " ", Scheme.year).label("scheme"),
    Scheme.slug.label("scheme_slug"),
    Scheme.invented,
    *(getattr(Scheme, name) for name in _HOURS),
)


def _with_hours(row: Row[Any]) -> dict[str, Any]:
    """A row's values, the scheme's hours put together."""
    values = dict(row._mapping)
    return {"hours": Hours(**{name: values.pop(name) for name in _HOURS}), **values}


def _reads(person_id: int, *columns: Any) -> Select[*tuple[Any, ...]]:
    """A judge's reads that they have not stepped back from, with the given columns."""
    return (
        select(*columns, *_SCHEME)
        .join(Judge, Judge.id == Read.judge_id)
        .join(Entry, Entry.id == Read.entry_id)
        .join(Organisation, Organisation.id == Entry.organisation_id)
        .join(Category, Category.id == Entry.category_id)
        .join(Scheme, Scheme.id == Entry.scheme_id)
        .where(Judge.person_id == person_id, Read.state != "recused", Entry.state == "submitted")
    )


def reads_of(person_id: int) -> list[ReadRow]:
    """Every read of a judge but those they stepped back from, the newest scheme first, then by category."""
    rows = db.session.execute(
        _reads(
            person_id,
            Read.state,
            Entry.reference,
            Entry.title,
            Organisation.name.label("organisation"),
            Category.name.label("category"),
        ).order_by(Scheme.closes_at.desc(), Scheme.id, Category.position, Read.id)
    )
    return [ReadRow(**_with_hours(row)) for row in rows]


def read_of(person_id: int, reference: str) -> OneRead:
    """A judge's read of one entry, recused ones left out; raises NotHere."""
    row = db.session.execute(
        _reads(
            person_id,
            Read.id.label("read_id"),
            Read.state,
            Entry.reference,
            Entry.title,
            Entry.nominee,
            Entry.answer_sheet_id,
            Scheme.question_set_id,
            Organisation.name.label("organisation"),
            Category.name.label("category"),
        )
        .where(Entry.reference == reference)
        .order_by(Read.id)
        .limit(1)
    ).one_or_none()
    if row is None:
        raise NotHere
    return OneRead(**_with_hours(row))


def scored_criteria(scheme_id: int, read_id: int) -> list[Scored]:
    """The criteria of a scheme in order, with what one read gave them so far."""
    rows = db.session.execute(
        select(
            Criterion.id.label("criterion_id"),
            Criterion.key,
            Criterion.name,
            Criterion.hint,
            Criterion.weight,
            Score.value,
            func.coalesce(Score.comment, "").label("comment"),
        )
        .outerjoin(Score, (Score.criterion_id == Criterion.id) & (Score.read_id == read_id))
        .where(Criterion.scheme_id == scheme_id)
        .order_by(Criterion.position, Criterion.id)
    )
    return [Scored(**row._mapping) for row in rows]


def scale_of(scheme_id: int) -> dict[int, str]:
    """The points of a scheme's scale, {value: words}, the highest first."""
    rows = db.session.execute(
        select(ScalePoint.value, ScalePoint.words)
        .where(ScalePoint.scheme_id == scheme_id)
        .order_by(ScalePoint.value.desc())
    ).all()
    return {row.value: row.words for row in rows}


def answers_for(criterion_id: int, answer_sheet_id: int) -> list[Item]:
    """The answers that a criterion is judged on, in its order; two queries."""
    question_ids = db.session.scalars(
        select(CriterionQuestion.question_id)
        .where(CriterionQuestion.criterion_id == criterion_id)
        .order_by(CriterionQuestion.position, CriterionQuestion.question_id)
    ).all()
    return items_about(answer_sheet_id, question_ids)


def how_far(person_id: int, scheme_id: int) -> tuple[int, int]:
    """How many of a judge's reads in a scheme are done, and how many there are."""
    row = db.session.execute(
        select(func.count().filter(Read.state == "done").label("done"), func.count().label("all"))
        .select_from(Read)
        .join(Judge, Judge.id == Read.judge_id)
        .join(Entry, Entry.id == Read.entry_id)
        .where(
            Judge.person_id == person_id,
            Entry.scheme_id == scheme_id,
            Entry.state == "submitted",
            Read.state != "recused",
        )
    ).one()
    return row.done, row.all


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
    scores = select(Score).where(among(Score.read_id, reads)).order_by(Score.read_id, Score.criterion_id)
    for score in db.session.scalars(scores):
        reads[score.read_id].scores[score.criterion_id] = OneScore(
            score.criterion_id, score.value, score.comment
        )
    return list(reads.values())
