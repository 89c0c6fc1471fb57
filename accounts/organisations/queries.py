"""Reading organisations and their people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select

from accounts.organisations import rules
from accounts.organisations.models import Membership, Organisation, OrganisationAlias, OrganisationDomain
from accounts.people.models import Person
from base.database import db
from base.errors import NotHere


@dataclass(frozen=True)
class Member:
    """A person of an organisation as its page lists them."""

    person_id: int
    name: str
    email: str
    state: str
    lead: bool
    asked_at: datetime


def organisation_by_slug(slug: str) -> Organisation:
    """One organisation; raises NotHere."""
    found = db.session.scalars(select(Organisation).where(Organisation.slug == slug)).one_or_none()
    if found is None:
        raise NotHere
    return found


def organisation_named(name: str) -> Organisation | None:
    """The organisation that goes by a name or one of its aliases, or None."""
    key = rules.name_key(name)
    alias = select(OrganisationAlias.organisation_id).where(OrganisationAlias.name_key == key)
    return db.session.scalars(
        select(Organisation).where(or_(Organisation.name_key == key, Organisation.id.in_(alias))).limit(1)
    ).one_or_none()


def find_organisations(words: str, most: int = 10) -> Sequence[Organisation]:
    """Organisations whose name or alias holds every word, by name."""
    found = select(Organisation)
    for word in words.split()[:6]:
        alias = select(OrganisationAlias.organisation_id).where(
            OrganisationAlias.name.icontains(word, autoescape=True)
        )
        found = found.where(
            or_(Organisation.name.icontains(word, autoescape=True), Organisation.id.in_(alias))
        )
    return db.session.scalars(found.order_by(func.lower(Organisation.name)).limit(most)).all()


def organisations_of(person_id: int) -> Sequence[Organisation]:
    """The organisations a person is a member of, by name."""
    return db.session.scalars(
        select(Organisation)
        .join(Membership, Membership.organisation_id == Organisation.id)
        .where(Membership.person_id == person_id, Membership.state == "member")
        .order_by(func.lower(Organisation.name))
    ).all()


def asked_to_join(person_id: int) -> Sequence[Organisation]:
    """The organisations that a person has asked to join and waits for, by name."""
    return db.session.scalars(
        select(Organisation)
        .join(Membership, Membership.organisation_id == Organisation.id)
        .where(Membership.person_id == person_id, Membership.state == "asked")
        .order_by(func.lower(Organisation.name))
    ).all()


def membership_state(person_id: int, slug: str) -> str:
    """What a person is in an organisation: "lead", "member", "asked" or "" for nothing."""
    row = db.session.execute(
        select(Membership.state, Membership.lead)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(Membership.person_id == person_id, Organisation.slug == slug)
    ).one_or_none()
    if row is None:
        return ""
    return "lead" if row.lead and row.state == "member" else str(row.state)


def members_of(organisation_id: int) -> Sequence[Member]:
    """Members and those who ask to join, those who ask first, then by name."""
    rows = db.session.execute(
        select(Person.id, Person.name, Person.email, Membership.state, Membership.lead, Membership.asked_at)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.organisation_id == organisation_id)
        .order_by(Membership.state, Membership.lead.desc(), func.lower(Person.name), Person.id)
    ).all()
    return [Member(row.id, row.name, row.email, row.state, row.lead, row.asked_at) for row in rows]


def leads_of(organisation_id: int) -> Sequence[Person]:
    """The people who lead an organisation, by name."""
    return db.session.scalars(
        select(Person)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.organisation_id == organisation_id, Membership.lead, Membership.state == "member")
        .order_by(func.lower(Person.name), Person.id)
    ).all()


def domains_of(organisation_id: int) -> set[str]:
    """The mail domains that only this organisation uses."""
    return set(
        db.session.scalars(
            select(OrganisationDomain.domain).where(OrganisationDomain.organisation_id == organisation_id)
        ).all()
    )


def one_who_asks(organisation_id: int, person_id: int) -> Member:
    """A person who asks to join an organisation; raises NotHere."""
    for one in members_of(organisation_id):
        if one.person_id == person_id and one.state == "asked":
            return one
    raise NotHere
