"""Making a scheme with its categories, questions and criteria, and moving its hours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime

from sqlalchemy import delete, func, insert, select
from sqlalchemy.dialects.postgresql import insert as insert_or

from awards.schemes import rules
from awards.schemes.models import (
    Category,
    Criterion,
    CriterionQuestion,
    ScalePoint,
    Scheme,
    SchemeOrganiser,
)
from awards.schemes.queries import questions_of
from awards.schemes.rules import Hours
from backstage.history.actions import record
from backstage.questions import actions as questions
from backstage.questions.models import Question
from base.database import db
from base.display import clock_time, day_year
from base.errors import NotHere, refuse_if


def add_scheme(
    slug: str,
    name: str,
    year: int,
    prefix: str,
    hours: Hours,
    *,
    blurb: str = "",
    lead_organisation_id: int | None = None,
    ceremony_place: str = "",
    ceremony_event_id: int | None = None,
    reads_per_entry: int = 3,
    lived_experience_reads: int = 1,
    shortlist_size: int = 3,
    invented: bool = False,
    who: int | None = None,
) -> Scheme:
    """Add one year's awards, with no categories and no questions yet.

    `prefix` begins every reference ("PPMH") and ties the years of one award together.
    """
    scheme = Scheme(
        slug=slug,
        name=name,
        year=year,
        prefix=prefix,
        blurb=blurb,
        lead_organisation_id=lead_organisation_id,
        question_set_id=questions.add_question_set(f"{name} {year}").id,
        ceremony_place=ceremony_place,
        ceremony_event_id=ceremony_event_id,
        reads_per_entry=reads_per_entry,
        lived_experience_reads=lived_experience_reads,
        shortlist_size=shortlist_size,
        invented=invented,
        **asdict(hours),
    )
    db.session.add(scheme)
    db.session.flush()
    _record(who, "schemes.add_scheme", scheme.id, f"scheme:{scheme.id}", {"name": (None, name)})
    return scheme


def _record(
    who: int | None, what: str, scheme_id: int, subject: str, changes: Mapping[str, tuple[object, object]]
) -> None:
    record(who, what, f"scheme:{scheme_id}", subject, changes)


def _next_position(table: type[Category] | type[Criterion], scheme_id: int) -> int:
    last = db.session.scalar(select(func.max(table.position)).where(table.scheme_id == scheme_id))
    return (last or 0) + 1


def add_category(
    scheme: Scheme,
    slug: str,
    name: str,
    *,
    kind: str = "team",
    consent: str = "",
    blurb: str = "",
    who: int | None = None,
) -> Category:
    """Add a category at the end; `kind` and `consent` are words of the rules."""
    category = Category(
        scheme_id=scheme.id,
        slug=slug,
        name=name,
        kind=kind,
        consent=consent,
        blurb=blurb,
        position=_next_position(Category, scheme.id),
    )
    db.session.add(category)
    db.session.flush()
    _record(who, "schemes.add_category", scheme.id, f"category:{category.id}", {"name": (None, name)})
    return category


def add_question(
    scheme: Scheme,
    key: str,
    label: str,
    *,
    hint: str = "",
    type: str = "text",  # noqa: A002 - the column's name
    words: int = 300,
    required: bool = True,
    accept: Sequence[str] = (),
    published: bool = False,
    who: int | None = None,
) -> Question:
    """Add a question at the end of the scheme's; raises ValueError for an unknown type.

    The answer to a `published` one is for everybody once an entry is shortlisted.
    """
    question = questions.add_question(
        scheme.question_set_id,
        key,
        label,
        hint=hint,
        type=type,
        words=words,
        required=required,
        accept=accept,
        published=published,
    )
    _record(who, "schemes.add_question", scheme.id, f"question:{question.id}", {"label": (None, label)})
    return question


def add_criterion(
    scheme: Scheme,
    key: str,
    name: str,
    answers: Sequence[str],
    *,
    weight: int = 1,
    hint: str = "",
    who: int | None = None,
) -> Criterion:
    """Add a criterion at the end; `answers` are the keys of the questions it is judged on, the first first.

    Raises NotHere for a key that the scheme has no question for.
    """
    ids = {question.key: question.id for question in questions_of(scheme)}
    if not set(answers) <= set(ids):
        raise NotHere
    criterion = Criterion(
        scheme_id=scheme.id,
        key=key,
        name=name,
        hint=hint,
        weight=weight,
        position=_next_position(Criterion, scheme.id),
    )
    db.session.add(criterion)
    db.session.flush()
    for position, answer in enumerate(answers, start=1):
        db.session.add(
            CriterionQuestion(criterion_id=criterion.id, question_id=ids[answer], position=position)
        )
    db.session.flush()
    changes = {"name": (None, name), "weight": (None, weight)}
    _record(who, "schemes.add_criterion", scheme.id, f"criterion:{criterion.id}", changes)
    return criterion


def set_scale(scheme: Scheme, words: Mapping[int, str], who: int | None = None) -> None:
    """Give the scheme its scale: {value: what it means}, in place of the one before."""
    before = db.session.execute(
        select(ScalePoint.value, ScalePoint.words)
        .where(ScalePoint.scheme_id == scheme.id)
        .order_by(ScalePoint.value)
    ).all()
    db.session.execute(delete(ScalePoint).where(ScalePoint.scheme_id == scheme.id))
    rows = [{"scheme_id": scheme.id, "value": value, "words": said} for value, said in sorted(words.items())]
    if rows:
        db.session.execute(insert(ScalePoint), rows)
    changes = {"scale": ([said for _, said in before] or None, [row["words"] for row in rows])}
    _record(who, "schemes.set_scale", scheme.id, f"scheme:{scheme.id}", changes)


def add_organiser(scheme: Scheme, person_id: int, who: int | None = None) -> None:
    """Let a person run the scheme; nothing happens when they do already."""
    added = db.session.scalar(
        insert_or(SchemeOrganiser)
        .values(scheme_id=scheme.id, person_id=person_id)
        .on_conflict_do_nothing()
        .returning(SchemeOrganiser.person_id)
    )
    if added is not None:
        changes = {"organiser": (False, True)}
        _record(who, "schemes.add_organiser", scheme.id, f"person:{person_id}", changes)


def change_hours(
    who: int,
    scheme_slug: str,
    now: datetime,
    *,
    opens_at: datetime,
    closes_at: datetime,
    judging_closes_at: datetime | None = None,
    shortlist_at: datetime | None = None,
    winners_at: datetime | None = None,
) -> Scheme:
    """Move a scheme's hours; raises NotHere, and Refused for the field that is wrong.

    The scheme's row is held: who sends an entry in meanwhile goes by the old hours or the new ones.
    """
    scheme = db.session.scalars(
        select(Scheme)
        .where(Scheme.slug == scheme_slug)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if scheme is None:
        raise NotHere
    before = scheme.hours
    after = replace(
        before,
        opens_at=opens_at,
        closes_at=closes_at,
        judging_closes_at=judging_closes_at,
        shortlist_at=shortlist_at,
        winners_at=winners_at,
    )
    refuse_if(rules.why_not_hours(before, after, now))
    changes = {}
    for name, at in asdict(after).items():
        then = getattr(before, name)
        changes[name] = (_said(then), _said(at))
        setattr(scheme, name, at)
    _record(who, "schemes.change_hours", scheme.id, f"scheme:{scheme.id}", changes)
    db.session.flush()
    return scheme


def _said(at: datetime | None) -> str | None:
    """A moment as the history keeps it, for people to read."""
    return f"{day_year(at)}, {clock_time(at)}" if at else None
