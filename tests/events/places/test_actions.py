"""Counting places, on PostgreSQL: the same for an event and for a workshop."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from events.agenda.models import Workshop
from events.places.actions import (
    EVENTS,
    WORKSHOPS,
    give_back,
    move_up,
    take_event_place,
    take_workshop_places,
)
from events.places.rules import Place, Position
from events.set_up.actions import change_event
from events.set_up.models import Event
from events.set_up.queries import event_facts
from tests.events.symphony import SLUG, details

SUICIDE, TRANS, STORY = "Talking about suicide", "Trans identity at work", "Telling your own story"


@pytest.fixture
def count(symphony, db_session):
    """`count(TITLE, places, taken, waiting)`: its id, with these counters; "" is the event."""

    def set_counters(title: str, places: int, taken: int, waiting: int) -> int:
        if not title:
            given = {"capacity": places, "taken": taken, "waiting": waiting}
            db_session.execute(update(Event).values(given))
            return symphony.event_id
        given = {"places": places, "taken": taken, "waiting": waiting}
        session_id = symphony.sessions[title]
        db_session.execute(update(Workshop).where(Workshop.session_id == session_id).values(given))
        return session_id

    return set_counters


@pytest.fixture
def counters(symphony, db_session):
    """`counters(TITLE)`: (taken, waiting) as the database has them; "" is the event."""

    def read(title: str) -> tuple[int, int]:
        found = (
            select(Workshop.taken, Workshop.waiting).where(Workshop.session_id == symphony.sessions[title])
            if title
            else select(Event.taken, Event.waiting)
        )
        row = db_session.execute(found).one()
        return row.taken, row.waiting

    return read


@pytest.mark.parametrize(
    ("taken", "waiting", "got", "then"),
    [
        (0, 0, Place(), (1, 0)),
        (1, 0, Place(), (2, 0)),
        (2, 0, Position(1), (2, 1)),
        (2, 3, Position(4), (2, 4)),
        (1, 3, Position(4), (1, 4)),
    ],
)
def test_taking_a_place_overtakes_nobody(count, counters, taken, waiting, got, then):
    event_id, session_id = count("", 2, taken, waiting), count(SUICIDE, 2, taken, waiting)
    assert take_event_place(event_id, event_facts(SLUG).version) == got
    assert take_workshop_places([session_id]) == {session_id: got}
    assert (counters(""), counters(SUICIDE)) == (then, then)


def test_take_event_place_counts_nothing_where_an_organiser_changed_something(symphony, counters):
    version = event_facts(SLUG).version
    assert take_event_place(symphony.event_id, version) == Place()
    change_event(None, SLUG, details(capacity=1))
    assert take_event_place(symphony.event_id, version) is None
    assert counters("") == (1, 0)
    assert take_event_place(symphony.event_id, version + 1) == Position(1)


def test_take_workshop_places_of_several_and_of_none(count, counters):
    full, free = count(SUICIDE, 2, 2, 0), count(TRANS, 20, 19, 0)
    assert take_workshop_places([]) == {}
    assert take_workshop_places([free, full, 99_999_999]) == {full: Position(1), free: Place()}
    assert (counters(SUICIDE), counters(TRANS)) == ((2, 1), (20, 0))


def test_give_back_takes_from_where_they_were(count, counters):
    placed, waited, wished = count(SUICIDE, 9, 5, 5), count(TRANS, 9, 5, 5), count(STORY, 9, 5, 5)
    event_id = count("", 9, 5, 5)
    give_back(WORKSHOPS, {placed: "placed", waited: "waiting", wished: "wished"})
    assert (counters(SUICIDE), counters(TRANS), counters(STORY)) == ((4, 5), (5, 4), (5, 5))
    give_back(EVENTS, {event_id: "waiting"})
    assert counters("") == (5, 4)
    give_back(EVENTS, {event_id: "placed"})
    assert counters("") == (4, 4)


@pytest.mark.parametrize(
    ("places", "taken", "waiting", "many"),
    [(9, 5, 3, 3), (9, 5, 4, 4), (9, 5, 6, 4), (9, 9, 6, 0), (9, 5, 0, 0)],
)
def test_move_up_as_many_as_there_are_places(count, counters, places, taken, waiting, many):
    session_id, event_id = count(SUICIDE, places, taken, waiting), count("", places, taken, waiting)
    untouched = count(TRANS, 20, 0, 7)
    assert move_up(WORKSHOPS, [session_id]) == ({session_id: many} if many else {})
    assert move_up(EVENTS, [event_id]) == ({event_id: many} if many else {})
    assert counters(SUICIDE) == counters("") == (taken + many, waiting - many)
    assert (untouched, counters(TRANS)) == (untouched, (0, 7))


def test_move_up_in_several_and_in_none(count):
    first, second = count(SUICIDE, 2, 0, 1), count(TRANS, 20, 19, 5)
    assert move_up(WORKSHOPS, []) == {}
    assert move_up(WORKSHOPS, [second, first]) == {first: 1, second: 1}
