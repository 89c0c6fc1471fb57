"""Reading panels: who judges a category, and which panels a person sits on or chairs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select

from accounts.organisations.models import Organisation
from accounts.people.models import Person
from awards.panels.models import Judge, Panel
from awards.schemes.models import Category, Scheme
from base.database import db


@dataclass(frozen=True)
class JudgeRow:
    """A judge of a panel."""

    judge_id: int
    person_id: int
    name: str
    email: str
    organisation: str | None
    lived_experience: bool
    chair: bool


@dataclass(frozen=True)
class ChairedPanel:
    """A panel in the list of those that a person chairs; `category` is a name."""

    scheme_slug: str
    category_slug: str
    category: str


def is_judge(person_id: int) -> bool:
    """Whether a person is on any panel."""
    return (
        db.session.scalars(select(Judge.id).where(Judge.person_id == person_id).limit(1)).first() is not None
    )


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


def select_judges(category_id: int) -> Select[*tuple[Any, ...]]:
    """The judges of a category as a statement, the chair first, then by name; columns as in JudgeRow.

    Later topics add columns to it that count what a judge has to do.
    """
    return (
        select(
            Judge.id.label("judge_id"),
            Judge.person_id,
            Person.name,
            Person.email,
            Organisation.name.label("organisation"),
            Judge.lived_experience,
            Judge.chair,
        )
        .join(Panel, Panel.id == Judge.panel_id)
        .join(Person, Person.id == Judge.person_id)
        .outerjoin(Organisation, Organisation.id == Judge.organisation_id)
        .where(Panel.category_id == category_id)
        .order_by(Judge.chair.desc(), func.lower(Person.name), Judge.id)
    )


def judges_of(category_id: int) -> list[JudgeRow]:
    """The judges of a category, the chair first, then by name; one query."""
    return [JudgeRow(**row._mapping) for row in db.session.execute(select_judges(category_id))]


def chaired_by(person_id: int) -> list[ChairedPanel]:
    """The panels that a person chairs, the newest scheme first, then by category; one query."""
    rows = db.session.execute(
        select(
            Scheme.slug.label("scheme_slug"),
            Category.slug.label("category_slug"),
            Category.name.label("category"),
        )
        .join(Category, Category.scheme_id == Scheme.id)
        .join(Panel, Panel.category_id == Category.id)
        .join(Judge, Judge.panel_id == Panel.id)
        .where(Judge.person_id == person_id, Judge.chair)
        .order_by(Scheme.closes_at.desc(), Category.position)
    )
    return [ChairedPanel(**row._mapping) for row in rows]
