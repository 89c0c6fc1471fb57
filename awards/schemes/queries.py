"""Reading schemes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select

from accounts.organisations.models import Organisation
from accounts.people.models import Person
from awards.schemes.models import (
    Category,
    Criterion,
    CriterionQuestion,
    ScalePoint,
    Scheme,
    SchemeOrganiser,
)
from backstage.questions.models import Question
from backstage.questions.queries import questions_of_set
from base.database import db
from base.errors import NotHere


def scheme_by_slug(slug: str) -> Scheme:
    """One scheme; raises NotHere."""
    found = db.session.scalars(select(Scheme).where(Scheme.slug == slug)).one_or_none()
    if found is None:
        raise NotHere
    return found


def all_schemes() -> Sequence[Scheme]:
    """Every scheme, the one that closes last first."""
    return db.session.scalars(select(Scheme).order_by(Scheme.closes_at.desc(), Scheme.id)).all()


def schemes_over_before(moment: datetime) -> Select[int]:
    """The ids of the schemes whose last hour (that of the winners, where they have one) lies before `moment`,
    as a subquery.
    """
    last = func.greatest(Scheme.closes_at, Scheme.judging_closes_at, Scheme.shortlist_at, Scheme.winners_at)
    return select(Scheme.id).where(last < moment)


def category_by_slug(scheme: Scheme, slug: str) -> Category:
    """One category of a scheme; raises NotHere."""
    found = db.session.scalars(
        select(Category).where(Category.scheme_id == scheme.id, Category.slug == slug)
    ).one_or_none()
    if found is None:
        raise NotHere
    return found


def is_organiser(person_id: int, slug: str) -> bool:
    """Whether a person runs the scheme with this slug."""
    found = select(SchemeOrganiser.person_id).join(Scheme, Scheme.id == SchemeOrganiser.scheme_id)
    return (
        db.session.scalars(
            found.where(Scheme.slug == slug, SchemeOrganiser.person_id == person_id)
        ).one_or_none()
        is not None
    )


def schemes_organised_by(person_id: int) -> Sequence[Scheme]:
    """The schemes that a person runs, the one that closes last first."""
    return db.session.scalars(
        select(Scheme)
        .join(SchemeOrganiser, SchemeOrganiser.scheme_id == Scheme.id)
        .where(SchemeOrganiser.person_id == person_id)
        .order_by(Scheme.closes_at.desc(), Scheme.id)
    ).all()


def categories_of(scheme_id: int) -> Sequence[Category]:
    """The categories of a scheme, in order."""
    return db.session.scalars(
        select(Category).where(Category.scheme_id == scheme_id).order_by(Category.position, Category.id)
    ).all()


def questions_of(scheme: Scheme) -> Sequence[Question]:
    """The questions of a scheme, in order."""
    return questions_of_set(scheme.question_set_id)


@dataclass(frozen=True)
class CriterionLine:
    """A criterion with the labels of the answers that it is judged on, and their questions' ids."""

    criterion: Criterion
    labels: tuple[str, ...]
    question_ids: tuple[int, ...]


def criteria_of(scheme_id: int) -> list[CriterionLine]:
    """The criteria of a scheme in order, each with the answers that it is judged on; one query."""
    rows = db.session.execute(
        select(Criterion, Question.id, Question.label)
        .outerjoin(CriterionQuestion, CriterionQuestion.criterion_id == Criterion.id)
        .outerjoin(Question, Question.id == CriterionQuestion.question_id)
        .where(Criterion.scheme_id == scheme_id)
        .order_by(Criterion.position, Criterion.id, CriterionQuestion.position)
    ).all()
    found: dict[int, tuple[Criterion, list[tuple[int, str]]]] = {}
    for criterion, question_id, label in rows:
        _, answers = found.setdefault(criterion.id, (criterion, []))
        if question_id is not None:
            answers.append((question_id, label))
    return [
        CriterionLine(criterion, tuple(label for _, label in answers), tuple(one for one, _ in answers))
        for criterion, answers in found.values()
    ]


def criteria_on(scheme_id: int, question_id: int) -> list[Criterion]:
    """The criteria that are judged on the answer to one question, in order."""
    return [line.criterion for line in criteria_of(scheme_id) if question_id in line.question_ids]


def scale_of(scheme_id: int) -> Sequence[ScalePoint]:
    """The points of a scheme's scale, lowest first."""
    return db.session.scalars(
        select(ScalePoint).where(ScalePoint.scheme_id == scheme_id).order_by(ScalePoint.value)
    ).all()


def organisers_of(scheme_id: int) -> Sequence[Person]:
    """The people who run a scheme, by name."""
    return db.session.scalars(
        select(Person)
        .join(SchemeOrganiser, SchemeOrganiser.person_id == Person.id)
        .where(SchemeOrganiser.scheme_id == scheme_id)
        .order_by(func.lower(Person.name), Person.id)
    ).all()


def year_before(scheme: Scheme) -> Scheme | None:
    """The newest earlier year of the same awards (they share the prefix of their references), or None."""
    return db.session.scalars(
        select(Scheme)
        .where(Scheme.prefix == scheme.prefix, Scheme.year < scheme.year)
        .order_by(Scheme.year.desc(), Scheme.id)
        .limit(1)
    ).one_or_none()


def announced_before(scheme: Scheme, now: datetime) -> Scheme | None:
    """The newest earlier year of the same awards whose winners may be seen, or None."""
    return db.session.scalars(
        select(Scheme)
        .where(Scheme.prefix == scheme.prefix, Scheme.year < scheme.year, Scheme.winners_at <= now)
        .order_by(Scheme.year.desc(), Scheme.id)
        .limit(1)
    ).one_or_none()


def lead_organisation(scheme: Scheme) -> Organisation | None:
    """The organisation that leads the scheme, or None where the collaborative itself does."""
    if scheme.lead_organisation_id is None:
        return None
    return db.session.get(Organisation, scheme.lead_organisation_id)
