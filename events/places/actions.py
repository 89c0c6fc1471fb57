"""The counted places of workshops. Who holds them is registration's matter; here is only how many.

Callers hold the event's lock (set_up.queries.lock_event or set_up.actions.take_event_place), so that
two people who want the same workshops never wait for each other in a circle.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import case, select, update

from base.database import db
from events.agenda.models import Workshop

_FREE = (Workshop.taken < Workshop.places) & (Workshop.waiting == 0)


def take_places(session_ids: Collection[int]) -> dict[int, int]:
    """Count one more person in each workshop.

    0 for a place, else the position on its waiting list, by session id.

    The row decides under its own lock: a place is given only while one is free and nobody waits, so nobody is
    overtaken. Workshops that are gone are left out.
    """
    if not session_ids:
        return {}
    rows = db.session.execute(
        update(Workshop)
        .where(Workshop.session_id.in_(sorted(session_ids)))
        .values(
            taken=case((_FREE, Workshop.taken + 1), else_=Workshop.taken),
            waiting=case((_FREE, Workshop.waiting), else_=Workshop.waiting + 1),
        )
        .returning(Workshop.session_id, Workshop.waiting)
        .execution_options(synchronize_session=False)
    )
    return {row.session_id: row.waiting for row in rows}


def give_places_back(placed: Collection[int], waiting: Collection[int]) -> None:
    """Count one person less.

    From the places of `placed`, from the waiting lists of `waiting` (session ids).
    """
    for session_ids, gone in (
        (placed, {"taken": Workshop.taken - 1}),
        (waiting, {"waiting": Workshop.waiting - 1}),
    ):
        if session_ids:
            db.session.execute(
                update(Workshop)
                .where(Workshop.session_id.in_(sorted(session_ids)))
                .values(**gone)
                .execution_options(synchronize_session=False)
            )


def move_up(session_ids: Collection[int]) -> dict[int, int]:
    """Count people from waiting lists into free places; gives how many may be told, by session id."""
    rows = db.session.execute(
        select(Workshop.session_id, Workshop.places - Workshop.taken, Workshop.waiting)
        .where(Workshop.session_id.in_(session_ids), Workshop.waiting > 0, Workshop.taken < Workshop.places)
        .order_by(Workshop.session_id)
        .with_for_update()
    ).all()
    moved = {row[0]: min(row[1], row[2]) for row in rows}
    for session_id, many in moved.items():
        db.session.execute(
            update(Workshop)
            .where(Workshop.session_id == session_id)
            .values(taken=Workshop.taken + many, waiting=Workshop.waiting - many)
            .execution_options(synchronize_session=False)
        )
    return moved
