"""Reading events and their rooms."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, exists, select

from base.database import db
from base.errors import NotHere
from base.marks import all_but
from events.set_up.models import Event, EventOrganiser, EventVolunteer, Room
from events.set_up.rules import EventFacts

# Columns cost a tenth of what an object costs, and this is read for every page; they come from the list.
_FACTS = select(
    Event.id.label("event_id"), *(getattr(Event, name) for name in all_but(EventFacts) if name != "event_id")
)
# Put together once: building the statement anew for every page costs as much as running it.
_FACTS_BY_SLUG = _FACTS.where(Event.slug == bindparam("slug"))


def event_by_slug(event_slug: str) -> Event:
    """One event; raises NotHere."""
    event = db.session.scalars(select(Event).where(Event.slug == event_slug)).one_or_none()
    if event is None:
        raise NotHere
    return event


def lock_event(event_slug: str) -> Event:
    """One event, locked until the transaction ends.

    Whoever changes its agenda, places or registrations comes here first, so that nobody ever waits in a
    circle. Raises NotHere.
    """
    query = select(Event).where(Event.slug == event_slug).with_for_update()
    event = db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if event is None:
        raise NotHere
    return event


def event_facts(event_slug: str) -> EventFacts:
    """What everybody may know about one event; raises NotHere."""
    row = db.session.execute(_FACTS_BY_SLUG, {"slug": event_slug}).one_or_none()
    if row is None:
        raise NotHere
    return EventFacts(**row._mapping)


def event_facts_by_id(event_ids: Sequence[int]) -> dict[int, EventFacts]:
    """What everybody may know about several events, by their ids; those that are gone are left out."""
    rows = db.session.execute(_FACTS.where(Event.id.in_(event_ids)).order_by(Event.id)).all()
    return {row.event_id: EventFacts(**row._mapping) for row in rows}


def coming_event_facts(now: datetime) -> Sequence[EventFacts]:
    """The facts of the events that are not over, the next first."""
    rows = db.session.execute(_FACTS.where(Event.ends_at > now).order_by(Event.starts_at, Event.id)).all()
    return [EventFacts(**row._mapping) for row in rows]


def coming_events(now: datetime) -> Sequence[Event]:
    """Events that are not over, the next first."""
    return db.session.scalars(
        select(Event).where(Event.ends_at > now).order_by(Event.starts_at, Event.id)
    ).all()


def rooms_of(event_id: int) -> Sequence[Room]:
    """The rooms of an event, in its order."""
    return db.session.scalars(
        select(Room).where(Room.event_id == event_id).order_by(Room.position, Room.id)
    ).all()


def room_of(event_id: int, room_id: int) -> Room:
    """One room of an event; raises NotHere."""
    query = select(Room).where(Room.event_id == event_id, Room.id == room_id)
    room = db.session.scalars(query).one_or_none()
    if room is None:
        raise NotHere
    return room


def is_organiser(person_id: int, event_slug: str) -> bool:
    """Whether a person runs the event with this slug."""
    runs = exists().where(
        EventOrganiser.event_id == Event.id, EventOrganiser.person_id == person_id, Event.slug == event_slug
    )
    return bool(db.session.scalar(select(runs)))


def is_volunteer(person_id: int, event_slug: str) -> bool:
    """Whether a person helps at the door of the event with this slug."""
    helps = exists().where(
        EventVolunteer.event_id == Event.id, EventVolunteer.person_id == person_id, Event.slug == event_slug
    )
    return bool(db.session.scalar(select(helps)))


def events_organised_by(person_id: int) -> Sequence[Event]:
    """The events that a person runs, the next first."""
    return db.session.scalars(
        select(Event)
        .join(EventOrganiser, EventOrganiser.event_id == Event.id)
        .where(EventOrganiser.person_id == person_id)
        .order_by(Event.starts_at, Event.id)
    ).all()


def events_helped_by(person_id: int) -> Sequence[Event]:
    """The events at whose door a person helps, the next first."""
    return db.session.scalars(
        select(Event)
        .join(EventVolunteer, EventVolunteer.event_id == Event.id)
        .where(EventVolunteer.person_id == person_id)
        .order_by(Event.starts_at, Event.id)
    ).all()
