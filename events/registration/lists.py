"""What an event's organisers read about registrations: counts, the list, and (apart from names) the needs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import aliased

from base.database import db
from events.agenda.models import Session
from events.agenda.queries import all_sessions
from events.registration.models import Needs, Registration, WorkshopChoice
from events.registration.rules import needs_told_apart


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


def registrations_of(
    event_id: int, words: str = "", first: int = 0, most: int = 100
) -> tuple[int, list[Listed]]:
    """How many registrations match (all without `words`), and a page of them by name, with their workshops.

    For the event's organisers: workshops stand under their own titles.
    """
    matching = [Registration.event_id == event_id, Registration.state != "cancelled", *_holds(words)]
    total = db.session.scalar(select(func.count()).select_from(Registration).where(*matching)) or 0
    rows = db.session.execute(
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
        .order_by(func.lower(Registration.badge_name), Registration.id)
        .offset(first)
        .limit(most)
    ).all()
    titles = {one.session_id: one.title for one in all_sessions(event_id)}
    chosen = _chosen_titles([row.id for row in rows], titles)
    return total, [Listed(*row[1:], tuple(chosen[row.id])) for row in rows]


def _holds(words: str) -> list[ColumnElement[bool]]:
    """The condition that name, reference or address hold what was searched for."""
    if not words.strip():
        return []
    escaped = words.strip().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    like = f"%{escaped}%"
    return [
        or_(
            Registration.badge_name.ilike(like),
            Registration.reference.ilike(like),
            Registration.email.ilike(like),
        )
    ]


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
