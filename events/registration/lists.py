"""What an event's organisers read about registrations: counts, the list, and (apart from names) the needs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from base.database import db, holds
from base.display import machine_time
from base.pages import Asked, Page
from events.agenda.models import Session
from events.agenda.queries import all_sessions
from events.registration.models import Needs, Registration, WorkshopChoice
from events.registration.rules import IN_LISTS, needs_told_apart

COLUMNS = ("Name", "Address", "Reference", "State", "Workshops", "Registered")


@dataclass(frozen=True)
class Listed:
    """A registration as the organiser's list shows it."""

    reference: str
    badge_name: str
    email: str
    state: str
    registered_at: datetime
    checked_in_at: datetime | None
    workshops: tuple[tuple[str, str], ...]

    @property
    def cells(self) -> tuple[object, ...]:
        """What stands under the COLUMNS of the list as a file."""
        return (
            self.badge_name,
            self.email,
            self.reference,
            IN_LISTS["here" if self.checked_in_at else self.state],
            "; ".join(
                title if state == "placed" else f"{title} ({state})" for title, state in self.workshops
            ),
            machine_time(self.registered_at),
        )


@dataclass(frozen=True)
class Need:
    """What one registration needs, without name or address: the reference leads to them where it has to."""

    reference: str
    access: str
    dietary: str
    workshops: tuple[str, ...]


def count_registrations(event_id: int) -> dict[str, int]:
    """How many registrations of an event are placed, waiting, cancelled and checked in."""
    rows = db.session.execute(
        select(Registration.state, func.count(), func.count(Registration.checked_in_at))
        .where(Registration.event_id == event_id)
        .group_by(Registration.state)
    ).all()
    counts = {"placed": 0, "waiting": 0, "cancelled": 0} | {row[0]: row[1] for row in rows}
    return counts | {"checked_in": sum(row[2] for row in rows if row[0] == "placed")}


_IN_LISTS = {
    "placed": (Registration.state == "placed") & Registration.checked_in_at.is_(None),
    "waiting": Registration.state == "waiting",
    "here": Registration.checked_in_at.is_not(None),
}
_ORDERS: dict[str, tuple[ColumnElement[Any] | InstrumentedAttribute[Any], ...]] = {
    "name": (func.lower(Registration.badge_name), Registration.id),
    "newest": (Registration.id.desc(),),
}


def registrations_of(event_id: int, asked: Asked) -> Page[Listed]:
    """A page of an event's registrations, cancelled ones left out, with their workshops; four queries.

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
            Registration.badge_name,
            Registration.email,
            Registration.state,
            Registration.registered_at,
            Registration.checked_in_at,
        )
        .where(*matching)
        .order_by(*_ORDERS[asked.sort])
    )

    def rows(skipped: int, most: int) -> list[Listed]:
        found = db.session.execute(listed.offset(skipped).limit(most)).all()
        titles = {one.session_id: one.title for one in all_sessions(event_id)}
        chosen = _chosen_titles([row.id for row in found], titles)
        return [Listed(*row[1:], tuple(chosen[row.id])) for row in found]

    return asked.part(total, rows)


def _chosen_titles(
    registration_ids: Collection[int], titles: dict[int, str]
) -> dict[int, list[tuple[str, str]]]:
    rows = db.session.execute(
        select(WorkshopChoice.registration_id, WorkshopChoice.session_id, WorkshopChoice.state)
        .join(Session, Session.id == WorkshopChoice.session_id)
        .where(WorkshopChoice.registration_id.in_(registration_ids), WorkshopChoice.state != "cancelled")
        .order_by(Session.starts_at, WorkshopChoice.id)
    )
    chosen: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for registration_id, session_id, state in rows:
        chosen[registration_id].append((titles.get(session_id, ""), state))
    return chosen


def count_needs(event_id: int) -> tuple[int, int]:
    """How many registrations of an event noted access needs, and how many dietary ones."""
    row = db.session.execute(
        select(
            func.count().filter(Needs.access != ""),
            func.count().filter(Needs.dietary != ""),
        )
        .select_from(Needs)
        .join(Registration, Registration.id == Needs.registration_id)
        .where(Registration.event_id == event_id, Registration.state == "placed")
    ).one()
    return row[0], row[1]


def needs_of(event_id: int) -> list[Need]:
    """What the registrations of an event need, by reference: no name, no address."""
    rows = db.session.execute(
        select(Registration.id, Registration.reference, Needs.access, Needs.dietary)
        .join(Needs, Needs.registration_id == Registration.id)
        .where(Registration.event_id == event_id, Registration.state != "cancelled")
        .order_by(Registration.reference)
    ).all()
    titles = {one.session_id: f"{one.title} ({one.room})" for one in all_sessions(event_id)}
    chosen = _chosen_titles([row.id for row in rows], titles)
    return [
        Need(
            row.reference,
            row.access,
            row.dietary,
            tuple(t for t, state in chosen[row.id] if state == "placed"),
        )
        for row in rows
    ]


def how_often(lines: Sequence[str]) -> list[tuple[str, int]]:
    """How many people noted each need, the commonest first."""
    counted = Counter(need for line in lines for need in needs_told_apart(line))
    return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))


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
                one.state.in_(active),
                other.state.in_(active),
                first.starts_at < second.ends_at,
                second.starts_at < first.ends_at,
            )
        )
        or 0
    )
