"""Counting places, for an event and its workshops alike. Who has them is registration's matter.

Whoever counts in workshops holds the event's row (by set_up.queries.lock_event or take_event_place), so that
two people who want the same workshops never wait for each other in a circle.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Update, bindparam, case, select, update
from sqlalchemy.orm import InstrumentedAttribute

from base.database import db
from events.agenda.models import Workshop
from events.places.rules import Place, Position, Standing
from events.set_up.models import Event


@dataclass(frozen=True)
class Counted:
    """A table whose rows have places: `key` names a row, `total` is how many places there are."""

    table: type[Event] | type[Workshop]
    key: InstrumentedAttribute[int]
    total: InstrumentedAttribute[int]


EVENTS = Counted(Event, Event.id, Event.capacity)
WORKSHOPS = Counted(Workshop, Workshop.session_id, Workshop.places)


def _free(counted: Counted) -> ColumnElement[int]:
    """How many places are free; those who wait come before anybody else."""
    return counted.total - counted.table.taken


def _count_newcomer(counted: Counted) -> Update:
    """The statement that counts one more person in each row of `ids`.

    The row decides under its own lock: a place is given only while one is free and nobody waits, so nobody is
    overtaken.
    """
    table = counted.table
    given = (_free(counted) > 0) & (table.waiting == 0)
    return (
        update(table)
        .where(counted.key.in_(bindparam("ids", expanding=True)))
        .values(
            taken=case((given, table.taken + 1), else_=table.taken),
            waiting=case((given, table.waiting), else_=table.waiting + 1),
        )
        .returning(counted.key.label("id"), table.waiting)
        .execution_options(synchronize_session=False)
    )


# Put together once: they run while others wait for the event's row.
_COUNT_AT_EVENT = _count_newcomer(EVENTS).where(Event.version == bindparam("as_of"))
_COUNT_IN_WORKSHOPS = _count_newcomer(WORKSHOPS)


def _standings(statement: Update, **given: Any) -> dict[int, Standing]:
    # Without the ORM, which costs as much again: others wait for the event's row meanwhile.
    rows = db.session.connection().execute(statement, given)
    return {row.id: Position(row.waiting) if row.waiting else Place() for row in rows}


def take_event_place(event_id: int, version: int) -> Standing | None:
    """Count one more person at an event; gives what they got.

    None where the event is no longer at `version`: an organiser changed something that the caller had read
    before, and nothing was counted.
    """
    return _standings(_COUNT_AT_EVENT, ids=[event_id], as_of=version).get(event_id)


def take_workshop_places(session_ids: Collection[int]) -> dict[int, Standing]:
    """Count one more person in each workshop; gives what they got by session id.

    Workshops that are gone are left out.
    """
    return _standings(_COUNT_IN_WORKSHOPS, ids=sorted(session_ids)) if session_ids else {}


def give_back(counted: Counted, states: Mapping[int, str]) -> None:
    """Count one person less in each row, from the places or from the waiting list.

    `states` says by the row's id what the person was there; who was neither was counted nowhere.
    """
    for state, name in ((Place.state, "taken"), (Position.state, "waiting")):
        ids = sorted(one for one, was in states.items() if was == state)
        if ids:
            db.session.execute(
                update(counted.table)
                .where(counted.key.in_(ids))
                .values({name: getattr(counted.table, name) - 1})
                .execution_options(synchronize_session=False)
            )


def move_up(counted: Counted, ids: Collection[int]) -> dict[int, int]:
    """Count those who wait into the free places of each row; gives how many may be told, by the row's id."""
    table, free = counted.table, _free(counted)
    rows = db.session.execute(
        select(counted.key.label("id"), free.label("free"), table.waiting)
        .where(counted.key.in_(sorted(ids)), table.waiting > 0, free > 0)
        .order_by(counted.key)
        .with_for_update()
    ).all()
    moved = {row.id: min(row.free, row.waiting) for row in rows}
    for one, many in moved.items():
        db.session.execute(
            update(table)
            .where(counted.key == one)
            .values(taken=table.taken + many, waiting=table.waiting - many)
            .execution_options(synchronize_session=False)
        )
    return moved
