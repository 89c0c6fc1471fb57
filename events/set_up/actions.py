"""Setting up an event: the event itself, its rooms, the people who run it, and its counted places."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, select, update

from backstage.history.actions import record
from base.database import db
from base.errors import Refused
from base.follow_ups import follow_up
from events.set_up import queries, rules
from events.set_up.models import Event, EventOrganiser, EventVolunteer, Room
from outside import clock


@dataclass(frozen=True)
class EventDetails:
    """What an organiser says about an event. Moments are aware datetimes; texts are plain."""

    name: str
    starts_at: datetime
    ends_at: datetime
    capacity: int
    blurb: str = ""
    place: str = ""
    town: str = ""
    directions: str = ""
    cost: str = "Free"
    access: str = ""
    access_details: str = ""
    support: str = ""
    chosen_names: bool = False
    registration_open: bool = True


# What a calendar shows of the event itself; the rest changes pages only.
_IN_CALENDARS = ("name", "blurb", "starts_at", "ends_at", "place", "town")


def add_event(
    who: int | None,
    details: EventDetails,
    *,
    slug: str = "",
    host_organisation_id: int | None = None,
    invented: bool = False,
) -> Event:
    """Add an event; without `slug` its address comes from its name. Raises Refused where a rule says no."""
    why = rules.why_not_times(details.starts_at, details.ends_at)
    if why:
        raise Refused(why, "ends_at")
    event = Event(
        **vars(details),
        slug=_free_slug(slug or rules.slug_of(details.name)),
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
    taken = set(db.session.scalars(select(Event.slug).where(Event.slug.startswith(wanted))).all())
    slug, number = wanted, 2
    while slug in taken:
        slug, number = f"{wanted}-{number}", number + 1
    return slug


def change_event(who: int | None, event: str, details: EventDetails) -> None:
    """Change what an event says about itself; raises Refused, or NotHere where there is no such event."""
    found = queries.lock_event(event)
    why = rules.why_not_times(details.starts_at, details.ends_at)
    if why:
        raise Refused(why, "ends_at")
    why = rules.why_not_capacity(details.capacity, found.taken)
    if why:
        raise Refused(why, "capacity")
    changes = {name: (getattr(found, name), value) for name, value in vars(details).items()}
    for name, value in vars(details).items():
        setattr(found, name, value)
    if any(changes[name][0] != changes[name][1] for name in _IN_CALENDARS):
        found.sequence += 1
        found.changed_at = clock.now()
    found.version += 1
    scope = f"event:{found.id}"
    record(who, "set_up.change_event", scope, scope, plain(changes))
    places_freed(event)


@follow_up
def places_freed(event_slug: str) -> None:
    """An event, or a workshop of it, may have places for those who wait; the event is locked."""


def plain(changes: dict[str, tuple[object, object]]) -> dict[str, tuple[object, object]]:
    """The same changes with moments written out, as the history keeps them."""

    def written(value: object) -> object:
        return value.isoformat() if isinstance(value, datetime) else value

    return {name: (written(before), written(after)) for name, (before, after) in changes.items()}


def add_room(
    who: int | None,
    event: str,
    name: str,
    capacity: int,
    step_free: bool = False,
    hearing_loop: bool = False,
    note: str = "",
) -> Room:
    """Add a room to an event, after its others.

    Raises Refused where its name is taken, NotHere without event.
    """
    found = queries.lock_event(event)
    others = queries.rooms_of(found.id)
    why = rules.why_not_name_room(name, {room.name for room in others})
    if why:
        raise Refused(why, "name")
    if len(others) >= rules.MOST_ROOMS:
        raise Refused(f"An event can have {rules.MOST_ROOMS} rooms. Remove one that is not used first")
    room = Room(
        event_id=found.id,
        name=name,
        capacity=capacity,
        step_free=step_free,
        hearing_loop=hearing_loop,
        note=note,
        position=max((other.position for other in others), default=0) + 1,
    )
    db.session.add(room)
    found.version += 1
    db.session.flush()
    record(who, "set_up.add_room", f"event:{found.id}", f"room:{room.id}", {"name": (None, name)})
    return room


def change_room(
    who: int | None,
    event: str,
    room_id: int,
    name: str,
    capacity: int,
    step_free: bool = False,
    hearing_loop: bool = False,
    note: str = "",
) -> None:
    """Change a room; raises Refused where its name is taken, NotHere where the event has no such room."""
    found = queries.lock_event(event)
    room = queries.room_of(found.id, room_id)
    why = rules.why_not_name_room(
        name, {other.name for other in queries.rooms_of(found.id) if other.id != room_id}
    )
    if why:
        raise Refused(why, "name")
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
    found.version += 1
    record(who, "set_up.change_room", f"event:{found.id}", f"room:{room_id}", changes)


def delete_room(who: int | None, event: str, room_id: int, sessions: int) -> None:
    """Remove a room that holds `sessions` sessions (counted under the event's lock).

    Raises Refused or NotHere.
    """
    found = queries.lock_event(event)
    room = queries.room_of(found.id, room_id)
    why = rules.why_not_remove_room(room.name, sessions)
    if why:
        raise Refused(why)
    db.session.delete(room)
    found.version += 1
    record(who, "set_up.remove_room", f"event:{found.id}", f"room:{room_id}", {"name": (room.name, None)})


def add_organiser(who: int | None, event: str, person_id: int) -> None:
    """Let a person run an event; nothing happens where they do.

    Raises NotHere where there is no such event.
    """
    found = queries.lock_event(event)
    if db.session.get(EventOrganiser, (found.id, person_id)) is None:
        db.session.add(EventOrganiser(event_id=found.id, person_id=person_id))
        record(who, "set_up.add_organiser", f"event:{found.id}", f"person:{person_id}")


def add_volunteer(who: int | None, event: str, person_id: int) -> None:
    """Let a person help at an event's door; nothing happens where they do. Raises NotHere."""
    found = queries.lock_event(event)
    if db.session.get(EventVolunteer, (found.id, person_id)) is None:
        db.session.add(EventVolunteer(event_id=found.id, person_id=person_id))
        record(who, "set_up.add_volunteer", f"event:{found.id}", f"person:{person_id}")


def take_event_place(event_id: int, version: int) -> int | None:
    """Count one more registration: 0 for a place, else the position on the waiting list.

    One statement locks the row, decides and counts. None where the event is no longer at `version`: an
    organiser changed something that the caller had read before; nothing was counted.
    """
    free = (Event.taken < Event.capacity) & (Event.waiting == 0)
    return db.session.scalars(
        update(Event)
        .where(Event.id == event_id, Event.version == version)
        .values(
            taken=case((free, Event.taken + 1), else_=Event.taken),
            waiting=case((free, Event.waiting), else_=Event.waiting + 1),
        )
        .returning(Event.waiting)
        .execution_options(synchronize_session=False)
    ).one_or_none()


def give_event_place_back(event_id: int, was_waiting: bool) -> None:
    """Count one registration less, from the places or from the waiting list."""
    gone = {"waiting": Event.waiting - 1} if was_waiting else {"taken": Event.taken - 1}
    db.session.execute(
        update(Event).where(Event.id == event_id).values(**gone).execution_options(synchronize_session=False)
    )


def move_up_event_places(event_id: int) -> int:
    """Count people from the waiting list into the free places; gives how many may be told."""
    row = db.session.execute(
        select(Event.capacity - Event.taken, Event.waiting).where(Event.id == event_id).with_for_update()
    ).one()
    many = max(0, min(row[0], row[1]))
    if many:
        db.session.execute(
            update(Event)
            .where(Event.id == event_id)
            .values(taken=Event.taken + many, waiting=func.greatest(Event.waiting - many, 0))
            .execution_options(synchronize_session=False)
        )
    return many
