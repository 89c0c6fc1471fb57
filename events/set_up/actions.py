"""Setting up an event: the event itself, its rooms and the people who run it."""

from __future__ import annotations

from sqlalchemy import select

from backstage.history.actions import record
from base.database import db
from base.errors import refuse_if
from base.follow_ups import follow_up
from base.text import free_slug, slug_of
from events.set_up import queries, rules
from events.set_up.models import Event, EventOrganiser, EventVolunteer, Room
from events.set_up.rules import EventDetails
from outside import clock


def add_event(
    who: int | None,
    details: EventDetails,
    *,
    slug: str = "",
    host_organisation_id: int | None = None,
    invented: bool = False,
) -> Event:
    """Add an event; without `slug` its address comes from its name. Raises Refused where a rule says no."""
    refuse_if(rules.why_not_times(details.starts_at, details.ends_at))
    event = Event(
        **vars(details),
        slug=_free_slug(slug or slug_of(details.name, "event")),
        host_organisation_id=host_organisation_id,
        invented=invented,
        changed_at=clock.now(),
    )
    db.session.add(event)
    db.session.flush()
    scope = f"event:{event.id}"
    record(who, "set_up.add_event", scope, scope, {"name": (None, event.name)})
    return event


def _free_slug(wanted: str) -> str:
    alike = select(Event.slug).where(Event.slug.startswith(wanted))
    return free_slug(wanted, set(db.session.scalars(alike)))


def change_event(who: int | None, event_slug: str, details: EventDetails) -> None:
    """Change what an event says about itself; raises Refused, or NotHere where there is no such event."""
    event = queries.lock_event(event_slug)
    refuse_if(rules.why_not_times(details.starts_at, details.ends_at))
    refuse_if(rules.why_not_capacity(details.capacity, event.taken))
    before = EventDetails(**{name: getattr(event, name) for name in vars(details)})
    for name, value in vars(details).items():
        setattr(event, name, value)
    if rules.looks_different(before, details):
        event.sequence += 1
        event.changed_at = clock.now()
    event.version += 1
    scope = f"event:{event.id}"
    changes = {name: (getattr(before, name), value) for name, value in vars(details).items()}
    record(who, "set_up.change_event", scope, scope, changes)
    places_freed(event_slug)


@follow_up
def places_freed(event_slug: str) -> None:
    """An event, or a workshop of it, may have places for those who wait; the event is locked."""


def add_room(
    who: int | None,
    event_slug: str,
    name: str,
    capacity: int,
    step_free: bool = False,
    hearing_loop: bool = False,
    note: str = "",
) -> Room:
    """Add a room to an event, after its others.

    Raises Refused where its name is taken or there are too many, NotHere where there is no such event.
    """
    event = queries.lock_event(event_slug)
    others = queries.rooms_of(event.id)
    refuse_if(rules.why_not_add_room(name, [room.name for room in others]))
    room = Room(
        event_id=event.id,
        name=name,
        capacity=capacity,
        step_free=step_free,
        hearing_loop=hearing_loop,
        note=note,
        position=max((other.position for other in others), default=0) + 1,
    )
    db.session.add(room)
    event.version += 1
    db.session.flush()
    record(who, "set_up.add_room", f"event:{event.id}", f"room:{room.id}", {"name": (None, name)})
    return room


def change_room(
    who: int | None,
    event_slug: str,
    room_id: int,
    name: str,
    capacity: int,
    step_free: bool = False,
    hearing_loop: bool = False,
    note: str = "",
) -> None:
    """Change a room; raises Refused where its name is taken, NotHere where the event has no such room."""
    event = queries.lock_event(event_slug)
    room = queries.room_of(event.id, room_id)
    others = [other.name for other in queries.rooms_of(event.id) if other.id != room_id]
    refuse_if(rules.why_not_name_room(name, others))
    given = {
        "name": name,
        "capacity": capacity,
        "step_free": step_free,
        "hearing_loop": hearing_loop,
        "note": note,
    }
    changes: dict[str, tuple[object, object]] = {
        field: (getattr(room, field), value) for field, value in given.items()
    }
    for field, value in given.items():
        setattr(room, field, value)
    event.version += 1
    record(who, "set_up.change_room", f"event:{event.id}", f"room:{room_id}", changes)


def delete_room(who: int | None, event_slug: str, room_id: int, sessions: int) -> None:
    """Remove a room that holds `sessions` sessions (counted under the event's lock).

    Raises Refused or NotHere.
    """
    event = queries.lock_event(event_slug)
    room = queries.room_of(event.id, room_id)
    refuse_if(rules.why_not_remove_room(room.name, sessions))
    db.session.delete(room)
    event.version += 1
    record(who, "set_up.remove_room", f"event:{event.id}", f"room:{room_id}", {"name": (room.name, None)})


def add_organiser(who: int | None, event_slug: str, person_id: int) -> None:
    """Let a person run an event; nothing happens where they do already. Raises NotHere."""
    event = queries.lock_event(event_slug)
    if db.session.get(EventOrganiser, (event.id, person_id)) is None:
        db.session.add(EventOrganiser(event_id=event.id, person_id=person_id))
        record(who, "set_up.add_organiser", f"event:{event.id}", f"person:{person_id}")


def add_volunteer(who: int | None, event_slug: str, person_id: int) -> None:
    """Let a person help at an event's door; nothing happens where they do already. Raises NotHere."""
    event = queries.lock_event(event_slug)
    if db.session.get(EventVolunteer, (event.id, person_id)) is None:
        db.session.add(EventVolunteer(event_id=event.id, person_id=person_id))
        record(who, "set_up.add_volunteer", f"event:{event.id}", f"person:{person_id}")
