"""Seating a panel: it begins with its first judge."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from accounts.organisations.queries import organisation_by_slug
from accounts.people.actions import meet_person
from awards.panels import messages, queries, rules
from awards.panels.models import Judge, Panel
from awards.schemes.models import Category
from awards.schemes.queries import category_by_slug, scheme_by_slug, schemes_over_before
from awards.schemes.rules import RECORDS_KEPT
from backstage.history.actions import record
from backstage.outbox.actions import post
from base.database import db
from base.errors import refuse_if
from outside import clock


def lock_panel(category: Category) -> Panel:
    """A category's panel, made where there is none, locked until the commit.

    Whatever changes who judges a category or who reads what in it takes this lock first.
    """
    db.session.execute(
        insert(Panel)
        .values(category_id=category.id, made_at=clock.now())
        .on_conflict_do_nothing(index_elements=["category_id"])
    )
    return db.session.scalars(select(Panel).where(Panel.category_id == category.id).with_for_update()).one()


def add_judge(
    who: int,
    scheme_slug: str,
    category_slug: str,
    email: str,
    name: str = "",
    organisation_slug: str = "",
    lived_experience: bool = False,
    chair: bool = False,
) -> Judge:
    """Put a person on a category's panel, which begins with its first judge, and invite them by mail.

    `organisation_slug` is empty for people who belong to none; `name` is for people who are new here. Raises
    NotHere for an unknown scheme, category or organisation, Refused where a rule says no.
    """
    scheme = scheme_by_slug(scheme_slug)
    category = category_by_slug(scheme, category_slug)
    works_for = organisation_by_slug(organisation_slug).id if organisation_slug else None
    panel = lock_panel(category)
    person = meet_person(email, name)
    judges = queries.judges_of(category.id)
    chaired_by = next((judge.name for judge in judges if judge.chair), "")
    member = any(judge.person_id == person.id for judge in judges)
    refuse_if(rules.why_not_add_judge(member, chair, chaired_by))
    judge = Judge(
        panel_id=panel.id,
        person_id=person.id,
        organisation_id=works_for,
        lived_experience=lived_experience,
        chair=chair,
        joined_at=clock.now(),
    )
    db.session.add(judge)
    db.session.flush()
    changes: dict[str, tuple[object, object]] = {
        "category": (None, category.name),
        "chair": (False, chair),
        "lived_experience": (False, lived_experience),
    }
    scope, subject = f"scheme:{scheme.id}", f"person:{person.id}"
    record(who, "panels.add_judge", scope, subject, changes, sensitive=("lived_experience",))
    called = f"{scheme.name} {scheme.year}"
    post(messages.invited(person.email, person.name, category.name, called, chair, scheme.hours.judging_ends))
    return judge


def forget_lived_experience(now: datetime) -> int:
    """Forget of the judges of awards long over that they have lived experience; gives of how many."""
    over = schemes_over_before(now - RECORDS_KEPT)
    panels = (
        select(Panel.id).join(Category, Category.id == Panel.category_id).where(Category.scheme_id.in_(over))
    )
    said = update(Judge).where(Judge.panel_id.in_(panels), Judge.lived_experience)
    done = db.session.execute(
        said.values(lived_experience=False).execution_options(synchronize_session=False)
    )
    return done.rowcount  # type: ignore[attr-defined]
