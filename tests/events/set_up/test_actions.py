"""Events, rooms and the people who run them, on PostgreSQL."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from backstage.history.models import History
from base.errors import NotHere, Refused
from events.agenda.actions import remove_room
from events.set_up import actions, queries
from events.set_up.models import EventOrganiser
from tests.events.symphony import SLUG, details, make_event


def test_add_event_finds_a_free_address(db_session):
    assert [actions.add_event(None, details()).slug for _ in range(2)] == [
        "second-staffordshire-symphony-of-hidden-voices",
        "second-staffordshire-symphony-of-hidden-voices-2",
    ]


def test_add_event_refuses_an_end_before_the_start(db_session):
    with pytest.raises(Refused) as no:
        make_event(ends_at=details().starts_at)
    assert no.value.field == "ends_at"


def test_change_event_counts_for_calendars_only_what_they_show(symphony, db_session):
    actions.change_event(None, SLUG, details(access="A lift"))
    after_access = queries.event_facts(SLUG)
    actions.change_event(None, SLUG, details(access="A lift", town="Stoke"))
    after_town = queries.event_facts(SLUG)
    assert (after_access.sequence, after_town.sequence) == (0, 1)
    assert after_town.version == after_access.version + 1


def test_change_event_refuses_fewer_places_than_are_taken(symphony, db_session):
    queries.event_by_slug(SLUG).taken = 3
    db_session.flush()
    with pytest.raises(Refused, match="3 people have a place already"):
        actions.change_event(None, SLUG, details(capacity=2))


def test_change_event_writes_what_changed(symphony, db_session):
    actions.change_event(None, SLUG, details(cost="5 pounds"))
    line = db_session.scalars(select(History).where(History.what == "set_up.change_event")).one()
    assert line.changes == {"cost": ["Free, lunch included", "5 pounds"]}


def test_add_room_refuses_a_name_twice(symphony, db_session):
    with pytest.raises(Refused, match="There is a room called STUDIO already"):
        actions.add_room(None, SLUG, "STUDIO", 10)


def test_change_room_keeps_its_own_name(symphony, db_session):
    actions.change_room(None, SLUG, symphony.rooms["Studio"], "Studio", 50, step_free=True)
    assert queries.room_of(symphony.event_id, symphony.rooms["Studio"]).capacity == 50


def test_a_room_of_another_event_is_not_here(symphony, db_session):
    make_event("other")
    with pytest.raises(NotHere):
        actions.change_room(None, "other", symphony.rooms["Studio"], "Studio", 50)


def test_remove_room_only_when_empty(symphony, db_session):
    with pytest.raises(Refused, match="2 sessions are in Studio"):
        remove_room(None, SLUG, symphony.rooms["Studio"])
    empty = actions.add_room(None, SLUG, "Attic", 5)
    remove_room(None, SLUG, empty.id)
    assert "Attic" not in {room.name for room in queries.rooms_of(symphony.event_id)}


def test_add_organiser_twice_is_once(symphony, db_session, person):
    owen = person("owen@example.org")
    actions.add_organiser(None, SLUG, owen.id)
    actions.add_organiser(None, SLUG, owen.id)
    db_session.flush()
    assert db_session.scalars(select(EventOrganiser.person_id)).all() == [owen.id]
    assert queries.is_organiser(owen.id, SLUG)
