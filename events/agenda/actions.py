"""Adding, moving, changing and removing sessions.

Each locks the event first, so that clashes cannot slip in.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from psycopg.errors import ExclusionViolation
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from backstage.history.actions import record
from base.database import db
from base.errors import Refused, refuse_if
from events.agenda import queries, rules
from events.agenda.models import Session, Workshop
from events.agenda.rules import FullSession, Plan, as_visible
from events.set_up.actions import delete_room, places_freed
from events.set_up.models import Event, Room
from events.set_up.queries import lock_event, room_of
from outside import clock


def add_session(who: int | None, event_slug: str, plan: Plan) -> Session:
    """Add a session to the event with this slug; a workshop gets its places.

    Raises Refused (naming the field and, for a clash, the session in the way) or NotHere (event, room).
    """
    event = lock_event(event_slug)
    _refuse_plan(event, plan, room_of(event.id, plan.room_id))
    session = Session(event_id=event.id, changed_at=clock.now(), **_columns(plan))
    with _guarded():
        db.session.add(session)
    if plan.kind == "workshop":
        db.session.add(Workshop(session_id=session.id, places=plan.places or 0))
    event.version += 1
    db.session.flush()
    _record(who, "agenda.add_session", event, session.id, None, plan)
    return session


def change_session(who: int | None, event_slug: str, session_id: int, plan: Plan) -> None:
    """Change or move a session. What calendars are told goes up only when others can see the difference.

    Raises Refused (as add_session does, or where people would lose their places) or NotHere.
    """
    event = lock_event(event_slug)
    before = queries.full_session(event.id, session_id)
    room = room_of(event.id, plan.room_id)
    _refuse_plan(event, plan, room, but=session_id)
    refuse_if(rules.why_not_change(before, plan))
    session = db.session.get_one(Session, session_id)
    with _guarded():
        for name, value in _columns(plan).items():
            setattr(session, name, value)
    _set_places(session_id, before, plan)
    now = clock.now()
    after = replace(before, room=room.name, **vars(plan))
    seen_before, seen_after = as_visible(before, now), as_visible(after, now)
    session.sequence = rules.next_sequence(seen_before, seen_after, plan.embargo_until, now)
    if rules.looks_different(seen_before, seen_after):
        session.changed_at = now
    event.version += 1
    _record(who, "agenda.change_session", event, session_id, before, plan)
    places_freed(event_slug)


def remove_session(who: int | None, event_slug: str, session_id: int) -> None:
    """Remove a session that nobody has chosen; raises Refused or NotHere."""
    event = lock_event(event_slug)
    before = queries.full_session(event.id, session_id)
    refuse_if(rules.why_not_remove(before.title, before.taken, before.waiting))
    db.session.execute(delete(Session).where(Session.id == session_id))
    event.version += 1
    scope, subject = f"event:{event.id}", f"session:{session_id}"
    hidden = ("title",) if before.embargo_until else ()
    record(who, "agenda.remove_session", scope, subject, {"title": (before.title, None)}, sensitive=hidden)


def remove_room(who: int | None, event_slug: str, room_id: int) -> None:
    """Remove a room in which nothing is planned; raises Refused or NotHere."""
    event = lock_event(event_slug)
    delete_room(who, event_slug, room_id, queries.sessions_by_room(event.id).get(room_id, 0))


def _columns(plan: Plan) -> dict[str, object]:
    return {name: value for name, value in vars(plan).items() if name != "places"}


def _refuse_plan(event: Event, plan: Plan, room: Room, but: int = 0) -> None:
    """Raise Refused where a session cannot be so, or not there beside all others than the session `but`."""
    refuse_if(rules.why_not_plan(plan, event.starts_at, event.ends_at))
    others = queries.sessions_in_room(room.id, plan.starts_at, plan.ends_at, but=but)
    refuse_if(rules.why_not_there(others, room.name, plan.starts_at, plan.ends_at))


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
            raise Refused(rules.IN_THE_WAY) from None
        raise


def _record(
    who: int | None, what: str, event: Event, session_id: int, before: FullSession | None, plan: Plan
) -> None:
    """History of a session: what an embargo hides or hid is said to have changed, never what it says."""
    changes = {name: (getattr(before, name) if before else None, value) for name, value in vars(plan).items()}
    secret = plan.embargo_until is not None or (before is not None and before.embargo_until is not None)
    scope, subject = f"event:{event.id}", f"session:{session_id}"
    record(who, what, scope, subject, changes, sensitive=rules.HIDDEN if secret else ())


def forget_speakers(now: datetime) -> int:
    """Delete who spoke at events that ended long ago; gives at how many sessions."""
    over = select(Event.id).where(Event.ends_at < now - rules.SPEAKERS_KEPT)
    said = update(Session).where(Session.event_id.in_(over), Session.speakers != "")
    done = db.session.execute(said.values(speakers="").execution_options(synchronize_session=False))
    return done.rowcount  # type: ignore[attr-defined]
