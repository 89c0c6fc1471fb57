"""Reading the agenda.

`visible_sessions` is the only way to sessions for anybody but the event's organisers.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, select

from base.database import among, db, holds
from base.errors import NotHere
from base.marks import all_but
from base.pages import Asked, Page
from events.agenda.models import Session, Workshop
from events.agenda.rules import FullSession, Plan, VisibleSession, as_visible
from events.set_up.models import Room
from events.set_up.queries import event_facts
from events.set_up.rules import EventFacts, room_words

# Columns cost a tenth of what objects cost. Those that an organiser fills come from the list of a session.
_SESSIONS: Any = (
    select(
        Session.event_id,
        Room.step_free,
        Room.hearing_loop,
        Room.note,
        Session.id.label("session_id"),
        Room.name.label("room"),
        Room.position.label("room_position"),
        Session.sequence,
        Session.changed_at,
        func.coalesce(Workshop.taken, 0).label("taken"),
        func.coalesce(Workshop.waiting, 0).label("waiting"),
        *(getattr(Workshop if name == "places" else Session, name) for name in all_but(Plan)),
    )
    .join(Room, Room.id == Session.room_id)
    .outerjoin(Workshop, Workshop.session_id == Session.id)
    .order_by(Session.starts_at, Room.position, Session.id)
)

# Put together once: building the statement anew for every page costs as much as running it.
_SESSIONS_OF_EVENT = _SESSIONS.where(Session.event_id == bindparam("event_id"))
_ONE_SESSION = _SESSIONS_OF_EVENT.where(Session.id == bindparam("session_id"))


def _full(row: Any) -> FullSession:
    facts = dict(row._mapping)
    del facts["event_id"]
    facts["room_words"] = room_words(facts.pop("step_free"), facts.pop("hearing_loop"), facts.pop("note"))
    return FullSession(**facts)


def all_sessions(event_id: int) -> tuple[FullSession, ...]:
    """Every session of an event with everything in it, for its organisers only; by time, then room."""
    return tuple(_full(row) for row in db.session.execute(_SESSIONS_OF_EVENT, {"event_id": event_id}))


def sessions_listed(event_id: int, asked: Asked) -> Page[FullSession]:
    """A page of an event's sessions with everything in them, for its organisers only; two queries.

    Searched by title, speakers and room, filtered by kind and room (its id); by time, then room.
    """
    matching = [
        Session.event_id == event_id,
        *holds(asked.words, Session.title, Session.speakers, Room.name),
    ]
    if kind := asked.filters.get("kind"):
        matching.append(Session.kind == kind)
    if room := asked.filters.get("room"):
        matching.append(Session.room_id == int(room))
    counted = select(func.count()).select_from(Session).join(Room, Room.id == Session.room_id)
    found = _SESSIONS.where(*matching)

    def rows(skipped: int, most: int) -> list[FullSession]:
        return [_full(row) for row in db.session.execute(found.offset(skipped).limit(most))]

    return asked.part(db.session.scalar(counted.where(*matching)) or 0, rows)


def visible_sessions(event_id: int, now: datetime) -> tuple[VisibleSession, ...]:
    """What everybody may see of an event's sessions at `now`, by time, then room."""
    return tuple(as_visible(full, now) for full in all_sessions(event_id))


def event_and_sessions(event_slug: str, now: datetime) -> tuple[EventFacts, tuple[VisibleSession, ...]]:
    """An event and what everybody may see of its sessions at `now`; raises NotHere."""
    facts = event_facts(event_slug)
    return facts, visible_sessions(facts.event_id, now)


def visible_sessions_of(event_ids: Sequence[int], now: datetime) -> dict[int, tuple[VisibleSession, ...]]:
    """What everybody may see of the sessions of several events at `now`, by event id."""
    visible: dict[int, list[VisibleSession]] = {event_id: [] for event_id in event_ids}
    for row in db.session.execute(_SESSIONS.where(among(Session.event_id, event_ids))):
        visible[row.event_id].append(as_visible(_full(row), now))
    return {event_id: tuple(sessions) for event_id, sessions in visible.items()}


def visible_session(event_id: int, session_id: int, now: datetime) -> VisibleSession:
    """What everybody may see of one session of an event at `now`; raises NotHere."""
    return as_visible(full_session(event_id, session_id), now)


def full_session(event_id: int, session_id: int) -> FullSession:
    """One session with everything in it, for organisers; raises NotHere."""
    row = db.session.execute(_ONE_SESSION, {"event_id": event_id, "session_id": session_id}).one_or_none()
    if row is None:
        raise NotHere
    return _full(row)


def sessions_in_room(room_id: int, starts_at: datetime, ends_at: datetime, but: int = 0) -> list[FullSession]:
    """The sessions that hold a room at any moment between two, except the session with the id `but`."""
    query = _SESSIONS.where(
        Session.room_id == room_id,
        Session.starts_at < ends_at,
        Session.ends_at > starts_at,
        Session.id != but,
    )
    return [_full(row) for row in db.session.execute(query)]


def sessions_by_room(event_id: int) -> dict[int, int]:
    """How many sessions each room of an event holds; rooms without any are left out."""
    rows = db.session.execute(
        select(Session.room_id, func.count()).where(Session.event_id == event_id).group_by(Session.room_id)
    )
    return {row[0]: row[1] for row in rows}
