"""Reading the agenda: whose sessions, in which order, and what everybody may see of them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from base.errors import NotHere
from events.agenda import queries
from outside import clock
from tests.events.symphony import SECRET_TITLE, SLUG, at, make_event, make_symphony

# The rooms of the Symphony in their order are Main hall, Studio, Garden room, Quiet room.
BY_TIME_THEN_ROOM = [
    "Arrival and music",
    "Quiet room",
    "Overture: welcome",
    "Voices on mental health",
    "Tea",
    "Talking about suicide",
    "Trans identity at work",
    "Telling your own story",
    "Lunch",
    SECRET_TITLE,
    "LGBT+ lives in services",
    "Carers in conversation",
    "Finale: what we heard",
]


def test_all_sessions_are_those_of_the_event_by_time_then_room(symphony, db_session):
    make_symphony("other", workshops=1)
    assert [session.title for session in queries.all_sessions(symphony.event_id)] == BY_TIME_THEN_ROOM


def test_all_sessions_hold_everything(symphony, db_session):
    found = {session.title: session for session in queries.all_sessions(symphony.event_id)}
    secret, workshop = found[SECRET_TITLE], found["Talking about suicide"]
    assert (secret.covering_title, secret.embargo_until, secret.places) == ("A surprise", at("13:00"), None)
    assert (secret.taken, secret.waiting, secret.room_words) == (0, 0, "step-free, hearing loop")
    assert (workshop.places, workshop.room, workshop.room_position) == (2, "Studio", 2)


def test_visible_sessions_cover_what_is_under_embargo(symphony, db_session):
    (secret,) = [one for one in queries.visible_sessions(symphony.event_id, at("12:59")) if one.hidden]
    assert (secret.title, secret.session_id) == ("A surprise", symphony.sessions[SECRET_TITLE])
    assert [one for one in queries.visible_sessions(symphony.event_id, at("13:00")) if one.hidden] == []


def test_visible_sessions_of_several_events_are_what_each_shows_alone(symphony, db_session):
    other, bare = make_symphony("other", workshops=1), make_event("bare")
    event_ids = [symphony.event_id, bare.id, other.event_id]
    now = clock.now()
    assert queries.visible_sessions_of(event_ids, now) == {
        event_id: queries.visible_sessions(event_id, now) for event_id in event_ids
    }


def test_event_and_sessions(symphony, db_session):
    event, sessions = queries.event_and_sessions(SLUG, at("12:59"))
    assert event.event_id == symphony.event_id
    assert sessions == queries.visible_sessions(symphony.event_id, at("12:59"))
    with pytest.raises(NotHere):
        queries.event_and_sessions("nothing", at("12:59"))


def test_one_session_is_found_in_its_own_event_only(symphony, db_session):
    other = make_symphony("other")
    session_id = symphony.sessions[SECRET_TITLE]
    assert queries.full_session(symphony.event_id, session_id).title == SECRET_TITLE
    assert queries.visible_session(symphony.event_id, session_id, at("12:59")).title == "A surprise"
    for missing in (session_id, 0):
        with pytest.raises(NotHere):
            queries.full_session(other.event_id, missing)


@pytest.mark.parametrize(
    ("starts", "ends", "there"),
    [
        ("10:00", "11:00", []),
        ("10:00", "11:01", ["Talking about suicide"]),
        ("11:59", "12:30", ["Talking about suicide"]),
        ("12:00", "14:00", []),
        ("9:00", "16:00", ["Talking about suicide", "LGBT+ lives in services"]),
    ],
)
def test_sessions_in_room_hold_it_for_a_moment_between(symphony, db_session, starts, ends, there):
    found = queries.sessions_in_room(symphony.rooms["Studio"], at(starts), at(ends))
    assert [session.title for session in found] == there


def test_sessions_in_room_leave_one_out(symphony, db_session):
    but = symphony.sessions["Talking about suicide"]
    found = queries.sessions_in_room(symphony.rooms["Studio"], at("9:00"), at("16:00"), but=but)
    assert [session.title for session in found] == ["LGBT+ lives in services"]


def test_sessions_by_room_counts_those_of_the_event(symphony, db_session):
    make_symphony("other")
    counts = {"Main hall": 8, "Studio": 2, "Garden room": 2, "Quiet room": 1}
    assert queries.sessions_by_room(symphony.event_id) == {
        symphony.rooms[name]: count for name, count in counts.items()
    }
    assert queries.sessions_by_room(make_event("bare").id) == {}


def test_the_agenda_is_one_query_whatever_its_size(symphony, db_session, count_queries):
    with count_queries() as counted:
        queries.visible_sessions(symphony.event_id, at("9:00") - timedelta(days=1))
    assert counted.count == 1
