"""Reading events, their rooms and who runs them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from base.errors import NotHere
from events.set_up import actions, queries
from tests.events.symphony import SLUG, at, details, make_event, make_symphony


def test_an_event_is_found_by_its_slug(symphony, db_session):
    assert queries.event_by_slug(SLUG).id == queries.lock_event(SLUG).id == symphony.event_id
    for find in (queries.event_by_slug, queries.lock_event, queries.event_facts):
        with pytest.raises(NotHere):
            find("nothing")


def test_event_facts_are_what_the_organiser_said_and_the_counters(symphony, db_session):
    facts = queries.event_facts(SLUG)
    assert {name: getattr(facts, name) for name in vars(details())} == vars(details())
    assert (facts.event_id, facts.slug, facts.taken, facts.waiting) == (symphony.event_id, SLUG, 0, 0)


def test_event_facts_of_several_leave_out_what_is_gone(symphony, db_session):
    other = make_event("other")
    found = queries.event_facts_by_id([symphony.event_id, other.id, 999_999])
    assert found == {symphony.event_id: queries.event_facts(SLUG), other.id: queries.event_facts("other")}


@pytest.mark.parametrize(
    ("now", "coming"),
    [("16:29", [SLUG, "next"]), ("16:30", ["next"])],
)
def test_coming_events_are_those_not_over_the_next_first(symphony, db_session, now, coming):
    later = {"starts_at": at("9:00") + timedelta(days=7), "ends_at": at("16:30") + timedelta(days=7)}
    make_event("next", **later)
    make_event("past", starts_at=at("6:00"), ends_at=at("8:00"))
    assert [event.slug for event in queries.coming_events(at(now))] == coming
    assert [event.slug for event in queries.coming_event_facts(at(now))] == coming


def test_rooms_are_in_the_order_of_the_event(symphony, db_session):
    make_symphony("other")
    names = ["Main hall", "Studio", "Garden room", "Quiet room"]
    assert [room.name for room in queries.rooms_of(symphony.event_id)] == names


def test_a_room_is_found_in_its_own_event_only(symphony, db_session):
    other = make_event("other")
    studio = symphony.rooms["Studio"]
    assert queries.room_of(symphony.event_id, studio).name == "Studio"
    with pytest.raises(NotHere):
        queries.room_of(other.id, studio)


def test_organisers_and_volunteers_are_those_of_their_own_event(symphony, db_session, person):
    make_event("other")
    owen, uma = person("owen@example.org"), person("uma@example.org")
    actions.add_organiser(None, SLUG, owen.id)
    actions.add_volunteer(None, SLUG, uma.id)
    actions.add_volunteer(None, SLUG, uma.id)
    db_session.flush()
    assert (queries.is_organiser(owen.id, SLUG), queries.is_organiser(owen.id, "other")) == (True, False)
    assert (queries.is_volunteer(uma.id, SLUG), queries.is_volunteer(uma.id, "other")) == (True, False)
    assert (queries.is_organiser(uma.id, SLUG), queries.is_volunteer(owen.id, SLUG)) == (False, False)
    assert [event.slug for event in queries.events_organised_by(owen.id)] == [SLUG]
    assert [event.slug for event in queries.events_helped_by(uma.id)] == [SLUG]
    assert [*queries.events_organised_by(uma.id), *queries.events_helped_by(owen.id)] == []


def test_events_of_a_person_are_the_next_first(symphony, db_session, person):
    owen = person("owen@example.org")
    make_event("earlier", starts_at=at("6:00"))
    for slug in (SLUG, "earlier"):
        actions.add_organiser(None, slug, owen.id)
        actions.add_volunteer(None, slug, owen.id)
    assert [event.slug for event in queries.events_organised_by(owen.id)] == ["earlier", SLUG]
    assert [event.slug for event in queries.events_helped_by(owen.id)] == ["earlier", SLUG]
