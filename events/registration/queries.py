"""Reading registrations: what there is to choose, one's own through its link, the organiser's list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, exists, func, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from base.database import db, holds
from base.display import machine_time
from base.errors import NotHere
from base.pages import Asked, Page
from base.tokens import hash_of
from events.agenda.models import Session
from events.agenda.queries import event_and_sessions
from events.agenda.rules import VisibleSession
from events.places.rules import Position
from events.registration.models import Registration, RegistrationLink, WorkshopChoice
from events.registration.rules import IN_LISTS, Details
from events.set_up.models import Event, Room
from events.set_up.rules import EventFacts

LINK = "registration-link"
COLUMNS = ("Name", "Address", "Reference", "State", "Workshops", "Registered")
_IN_LISTS = {
    "placed": (Registration.state == "placed") & Registration.checked_in_at.is_(None),
    "waiting": Registration.state == "waiting",
    "here": Registration.checked_in_at.is_not(None),
}
_ORDERS: dict[str, tuple[ColumnElement[Any] | InstrumentedAttribute[Any], ...]] = {
    "name": (func.lower(Registration.badge_name), Registration.id),
    "newest": (Registration.id.desc(),),
}
# The columns that people say about themselves.
_DETAILS: list[InstrumentedAttribute[Any]] = [getattr(Registration, field.name) for field in fields(Details)]


@dataclass(frozen=True)
class WhatIsOn:
    """An event and what everybody may see of its sessions now."""

    event: EventFacts
    sessions: tuple[VisibleSession, ...]


@dataclass(frozen=True)
class Choice:
    """A workshop of a registration. `position` is the one on its waiting list, where it waits."""

    session_id: int
    state: str
    position: Position | None


@dataclass(frozen=True)
class Mine:
    """A registration as whoever holds its link sees it. `position` is the one on the event's waiting list."""

    registration_id: int
    event_slug: str
    reference: str
    email: str
    details: Details
    state: str
    position: Position | None
    choices: tuple[Choice, ...]

    @property
    def chosen(self) -> list[int]:
        """The session ids of its workshops."""
        return [choice.session_id for choice in self.choices]


@dataclass(frozen=True)
class Listed:
    """A registration as the organiser's list shows it; `workshops` are (title, state of the choice)."""

    reference: str
    email: str
    details: Details
    state: str
    registered_at: datetime
    checked_in_at: datetime | None
    workshops: tuple[tuple[str, str], ...]

    @property
    def cells(self) -> tuple[object, ...]:
        """What stands under the COLUMNS of the list as a file."""
        return (
            self.details.badge_name,
            self.email,
            self.reference,
            IN_LISTS["here" if self.checked_in_at else self.state],
            "; ".join(
                title if state == "placed" else f"{title} ({state})" for title, state in self.workshops
            ),
            machine_time(self.registered_at),
        )


def what_is_on(event_slug: str, now: datetime) -> WhatIsOn:
    """What there is to register for at the event with this slug; raises NotHere."""
    return WhatIsOn(*event_and_sessions(event_slug, now))


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
    number = (
        select(func.count())
        .where(ahead.event_id == Registration.event_id, ahead.state == "waiting", ahead.id <= Registration.id)
        .scalar_subquery()
    )
    row = db.session.execute(
        select(
            Registration.id.label("registration_id"),
            Event.slug.label("event_slug"),
            Registration.reference,
            Registration.email,
            Registration.state,
            number.label("number"),
            *_DETAILS,
        )
        .join(Event, Event.id == Registration.event_id)
        .join(RegistrationLink, RegistrationLink.registration_id == Registration.id)
        .where(RegistrationLink.token_hash == hash_of(LINK, token), RegistrationLink.expires_at > now)
    ).one_or_none()
    if row is None:
        raise NotHere
    found = dict(row._mapping)
    return Mine(
        details=_details(found),
        position=_position(row.state, found.pop("number")),
        choices=choices_of(row.registration_id),
        **found,
    )


def _details(found: dict[str, Any]) -> Details:
    """Take what people say about themselves out of a row's values."""
    return Details(**{column.key: found.pop(column.key) for column in _DETAILS})


def _position(state: str, number: int) -> Position | None:
    return Position(number) if state == "waiting" else None


def choices_of(registration_id: int) -> tuple[Choice, ...]:
    """The workshops of a registration in the order of the day, with positions on waiting lists."""
    ahead = aliased(WorkshopChoice)
    number = (
        select(func.count())
        .where(
            ahead.session_id == WorkshopChoice.session_id,
            ahead.state == "waiting",
            ahead.id <= WorkshopChoice.id,
        )
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(WorkshopChoice.session_id, WorkshopChoice.state, number.label("number"))
        .join(Session, Session.id == WorkshopChoice.session_id)
        .where(WorkshopChoice.registration_id == registration_id, WorkshopChoice.state != "cancelled")
        .order_by(Session.starts_at, WorkshopChoice.id)
    )
    return tuple(Choice(row.session_id, row.state, _position(row.state, row.number)) for row in rows)


def count_registrations(event_id: int) -> dict[str, int]:
    """How many registrations of an event are placed, waiting, cancelled and (of those placed) checked in."""
    rows = db.session.execute(
        select(
            Registration.state,
            func.count().label("many"),
            func.count(Registration.checked_in_at).label("checked_in"),
        )
        .where(Registration.event_id == event_id)
        .group_by(Registration.state)
    ).all()
    counts = {"placed": 0, "waiting": 0, "cancelled": 0} | {row.state: row.many for row in rows}
    return counts | {"checked_in": sum(row.checked_in for row in rows if row.state == "placed")}


def registrations_of(event_id: int, asked: Asked) -> Page[Listed]:
    """A page of an event's registrations, cancelled ones left out, with their workshops; three queries.

    For the event's organisers: workshops stand under their own titles. Searched are name, address, reference.
    """
    matching = [
        Registration.event_id == event_id,
        Registration.state != "cancelled",
        *holds(asked.words, Registration.badge_name, Registration.reference, Registration.email),
        *(_IN_LISTS[state] for state in asked.filters.values()),
    ]
    total = db.session.scalar(select(func.count()).select_from(Registration).where(*matching)) or 0
    listed = (
        select(
            Registration.id,
            Registration.reference,
            Registration.email,
            Registration.state,
            Registration.registered_at,
            Registration.checked_in_at,
            *_DETAILS,
        )
        .where(*matching)
        .order_by(*_ORDERS[asked.sort])
    )

    def rows(skipped: int, most: int) -> list[Listed]:
        found = [dict(row._mapping) for row in db.session.execute(listed.offset(skipped).limit(most))]
        chosen = workshops_chosen([row["id"] for row in found])
        return [
            Listed(
                details=_details(row),
                workshops=tuple((one.title, one.state) for one in chosen[row.pop("id")]),
                **row,
            )
            for row in found
        ]

    return asked.part(total, rows)


def workshops_chosen(registration_ids: Collection[int]) -> dict[int, list[Row[*tuple[Any, ...]]]]:
    """The workshops of these registrations in the order of the day, by registration id; for organisers.

    Each is a row with the session's own title, its room's name and the choice's state.
    """
    rows = db.session.execute(
        select(
            WorkshopChoice.registration_id,
            Session.title,
            Room.name.label("room"),
            WorkshopChoice.state,
        )
        .join(Session, Session.id == WorkshopChoice.session_id)
        .join(Room, Room.id == Session.room_id)
        .where(WorkshopChoice.registration_id.in_(registration_ids), WorkshopChoice.state != "cancelled")
        .order_by(Session.starts_at, WorkshopChoice.id)
    )
    chosen: dict[int, list[Row[*tuple[Any, ...]]]] = defaultdict(list)
    for row in rows:
        chosen[row.registration_id].append(row)
    return chosen


def count_double_booked(event_id: int) -> int:
    """How many registrations hold two workshops at the same time: an organiser moved one of them."""
    one, other = aliased(WorkshopChoice), aliased(WorkshopChoice)
    first, second = aliased(Session), aliased(Session)
    active = ("placed", "waiting")
    return (
        db.session.scalar(
            select(func.count(func.distinct(one.registration_id)))
            .join(
                other, and_(other.registration_id == one.registration_id, other.session_id > one.session_id)
            )
            .join(first, first.id == one.session_id)
            .join(second, second.id == other.session_id)
            .where(
                first.event_id == event_id,
                second.event_id == event_id,
                one.state.in_(active),
                other.state.in_(active),
                first.starts_at < second.ends_at,
                second.starts_at < first.ends_at,
            )
        )
        or 0
    )
