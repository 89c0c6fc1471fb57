"""Adding, moving, changing and removing sessions.

Each locks the event first, so that clashes cannot slip in.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from psycopg.errors import ExclusionViolation
from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from backstage.history.actions import record
from base.database import db
from base.errors import Refused
from events.agenda import queries, rules
from events.agenda.models import Session, Workshop
from events.agenda.rules import FullSession, Plan, as_visible
from events.set_up.actions import delete_room, places_freed, plain
from events.set_up.models import Event, Room
from events.set_up.queries import lock_event, room_of
from outside import clock

IN_THE_WAY = "Another session has this room at this time. Choose another room or another time"


def add_session(who: int | None, event: str, plan: Plan) -> Session:
    """Add a session to the event with this slug; a workshop gets its places.

    Raises Refused (naming the field and, for a clash, the session in the way) or NotHere (event, room).
    """
    found = lock_event(event)
    _check(found, plan, room_of(found.id, plan.room_id))
    session = Session(event_id=found.id, changed_at=clock.now(), **_columns(plan))
    with _guarded():
        db.session.add(session)
    if plan.kind == "workshop":
        db.session.add(Workshop(session_id=session.id, places=plan.places or 0))
    found.version += 1
    db.session.flush()
    _record(who, "agenda.add_session", found, session.id, None, plan)
    return session


def change_session(who: int | None, event: str, session_id: int, plan: Plan) -> None:
    """Change or move a session. What calendars are told goes up only when others can see the difference.

    Raises Refused (as add_session does, or where people would lose their places) or NotHere.
    """
    found = lock_event(event)
    before = queries.full_session(found.id, session_id)
    room = room_of(found.id, plan.room_id)
    _check(found, plan, room, before)
    session = db.session.get_one(Session, session_id)
    with _guarded():
        for name, value in _columns(plan).items():
            setattr(session, name, value)
    _set_places(session_id, before, plan)
    now = clock.now()
    seen_before, seen_after = as_visible(before, now), as_visible(_after(before, plan, room), now)
    session.sequence = rules.next_sequence(seen_before, seen_after, plan.embargo_until, now)
    if rules.looks_different(seen_before, seen_after):
        session.changed_at = now
    found.version += 1
    _record(who, "agenda.change_session", found, session_id, before, plan)
    places_freed(event)


def remove_session(who: int | None, event: str, session_id: int) -> None:
    """Remove a session that nobody has chosen; raises Refused or NotHere."""
    found = lock_event(event)
    before = queries.full_session(found.id, session_id)
    why = rules.why_not_remove(before.title, before.taken, before.waiting)
    if why:
        raise Refused(why)
    db.session.execute(delete(Session).where(Session.id == session_id))
    found.version += 1
    scope, subject = f"event:{found.id}", f"session:{session_id}"
    hidden = ("title",) if before.embargo_until else ()
    record(who, "agenda.remove_session", scope, subject, {"title": (before.title, None)}, sensitive=hidden)


def remove_room(who: int | None, event: str, room_id: int) -> None:
    """Remove a room in which nothing is planned; raises Refused or NotHere."""
    found = lock_event(event)
    delete_room(who, event, room_id, queries.sessions_by_room(found.id).get(room_id, 0))


def _columns(plan: Plan) -> dict[str, object]:
    return {name: value for name, value in vars(plan).items() if name != "places"}


def _after(before: FullSession, plan: Plan, room: Room) -> FullSession:
    return replace(before, room=room.name, **vars(plan))


def _check(found: Event, plan: Plan, room: Room, before: FullSession | None = None) -> None:
    """Raise Refused where any rule says no; nothing has been written yet."""
    wrong = rules.why_not_plan(plan, found.starts_at, found.ends_at)
    if wrong:
        raise Refused(*wrong)
    but = before.session_id if before else 0
    others = queries.sessions_in_room(room.id, plan.starts_at, plan.ends_at, but=but)
    why = rules.why_not_there(others, room.name, plan.starts_at, plan.ends_at)
    if why:
        raise Refused(why, "room_id")
    if before is None:
        return
    if plan.kind == "workshop":
        why, field = rules.why_not_places(plan.places or 0, before.taken), "places"
    else:
        why, field = rules.why_not_remove(before.title, before.taken, before.waiting), "kind"
    if why:
        raise Refused(why, field)


def _set_places(session_id: int, before: FullSession, plan: Plan) -> None:
    if plan.kind != "workshop":
        db.session.execute(delete(Workshop).where(Workshop.session_id == session_id))
    elif before.places is None:
        db.session.add(Workshop(session_id=session_id, places=plan.places or 0))
    else:
        db.session.get_one(Workshop, session_id, with_for_update=True).places = plan.places or 0


@contextmanager
def _guarded() -> Iterator[None]:
    """Write, and say it in words should the database's own guard refuse what the rules let through."""
    try:
        with db.session.begin_nested():
            yield
            db.session.flush()
    except IntegrityError as error:
        if isinstance(error.orig, ExclusionViolation):
            raise Refused(IN_THE_WAY, "room_id") from None
        raise


def _record(
    who: int | None, what: str, found: Event, session_id: int, before: FullSession | None, plan: Plan
) -> None:
    """History of a session: what an embargo hides or hid is said to have changed, never what it says."""
    changes = {name: (getattr(before, name) if before else None, value) for name, value in vars(plan).items()}
    secret = plan.embargo_until is not None or (before is not None and before.embargo_until is not None)
    record(
        who,
        what,
        f"event:{found.id}",
        f"session:{session_id}",
        plain(changes),
        sensitive=rules.HIDDEN if secret else (),
    )
