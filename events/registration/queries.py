"""Reading registrations. What people need is read apart from who they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, func, select
from sqlalchemy.orm import aliased

from base.database import db
from base.errors import NotHere
from base.tokens import hash_of
from events.agenda.models import Session
from events.agenda.queries import visible_sessions
from events.agenda.rules import VisibleSession
from events.registration.models import Needs, Registration, RegistrationLink, WorkshopChoice
from events.set_up.models import Event
from events.set_up.queries import event_facts
from events.set_up.rules import EventFacts

LINK = "registration-link"


@dataclass(frozen=True)
class Offer:
    """An event and what everybody may see of its sessions now."""

    event: EventFacts
    sessions: tuple[VisibleSession, ...]


@dataclass(frozen=True)
class Choice:
    """A workshop of a registration. `position` is the place on its waiting list, 0 where there is a place."""

    session_id: int
    state: str
    position: int


@dataclass(frozen=True)
class Mine:
    """A registration as its own page shows it: never what somebody needs, only whether anything is noted."""

    registration_id: int
    event: str
    reference: str
    badge_name: str
    email: str
    state: str
    position: int
    needs_noted: bool
    choices: tuple[Choice, ...]

    @property
    def chosen(self) -> list[int]:
        """The session ids of its workshops."""
        return [choice.session_id for choice in self.choices]


def offer(event: str, now: datetime) -> Offer:
    """What there is to register for at the event with this slug; raises NotHere."""
    facts = event_facts(event)
    return Offer(facts, visible_sessions(facts.event_id, now))


def is_registered(event_id: int, email: str) -> bool:
    """Whether this address is registered (placed or waiting) for an event."""
    found = exists().where(
        Registration.event_id == event_id, Registration.email == email, Registration.state != "cancelled"
    )
    return bool(db.session.scalar(select(found)))


def event_of_link(token: str, now: datetime) -> str:
    """The slug of the event that a personal link belongs to; raises NotHere."""
    slug = db.session.scalar(
        select(Event.slug)
        .join(Registration, Registration.event_id == Event.id)
        .join(RegistrationLink, RegistrationLink.registration_id == Registration.id)
        .where(RegistrationLink.token_hash == hash_of(LINK, token), RegistrationLink.expires_at > now)
    )
    if slug is None:
        raise NotHere
    return slug


def registration_of_link(token: str, now: datetime) -> Mine:
    """The registration that a personal link belongs to.

    Raises NotHere where it is none of ours or has expired.
    """
    ahead = aliased(Registration)
    position = (
        select(func.count())
        .where(ahead.event_id == Registration.event_id, ahead.state == "waiting", ahead.id <= Registration.id)
        .scalar_subquery()
    )
    row = db.session.execute(
        select(
            Registration.id,
            Event.slug,
            Registration.reference,
            Registration.badge_name,
            Registration.email,
            Registration.state,
            position,
            exists().where(Needs.registration_id == Registration.id),
        )
        .join(Event, Event.id == Registration.event_id)
        .join(RegistrationLink, RegistrationLink.registration_id == Registration.id)
        .where(RegistrationLink.token_hash == hash_of(LINK, token), RegistrationLink.expires_at > now)
    ).one_or_none()
    if row is None:
        raise NotHere
    number, slug, reference, badge_name, email, state, ahead_of_me, noted = row
    place = ahead_of_me if state == "waiting" else 0
    return Mine(number, slug, reference, badge_name, email, state, place, noted, choices_of(number))


def choices_of(registration_id: int) -> tuple[Choice, ...]:
    """The workshops of a registration in the order of the day, with positions on waiting lists."""
    ahead = aliased(WorkshopChoice)
    position = (
        select(func.count())
        .where(
            ahead.session_id == WorkshopChoice.session_id,
            ahead.state == "waiting",
            ahead.id <= WorkshopChoice.id,
        )
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(WorkshopChoice.session_id, WorkshopChoice.state, position)
        .join(Session, Session.id == WorkshopChoice.session_id)
        .where(WorkshopChoice.registration_id == registration_id, WorkshopChoice.state != "cancelled")
        .order_by(Session.starts_at, WorkshopChoice.id)
    )
    return tuple(Choice(row[0], row[1], row[2] if row[1] == "waiting" else 0) for row in rows)
