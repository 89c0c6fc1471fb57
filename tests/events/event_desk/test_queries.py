"""What the organiser's desk shows."""

from __future__ import annotations

import pytest

from base.errors import NotHere
from events.event_desk.queries import desk_of
from events.programme import actions
from outside import clock
from tests.events.registration.people import come
from tests.events.symphony import SECRET_TITLE, SLUG, at, make_symphony


def test_desk_of_an_event_that_nobody_has_touched(symphony, db_session):
    desk = desk_of(SLUG, clock.now())
    assert (desk.event.event_id, len(desk.sessions), desk.full) == (symphony.event_id, 13, ())
    assert desk.registrations == {"placed": 0, "waiting": 0, "cancelled": 0, "checked_in": 0}
    assert (desk.access_needs, desk.double_booked, desk.programme, desk.batch) == (0, 0, None, None)


@pytest.mark.parametrize(("now", "secret"), [("12:59", [SECRET_TITLE]), ("13:00", [])])
def test_desk_of_names_what_is_a_surprise_still(symphony, db_session, now, secret):
    assert [session.title for session in desk_of(SLUG, at(now)).secret] == secret


def test_desk_of_counts_its_own_people_only(symphony, db_session):
    other = make_symphony("other")
    for name in ("ada", "ben", "cyd"):
        come(symphony, name, "Talking about suicide", access="Large print")
    desk = desk_of("other", clock.now())
    assert (desk.event.event_id, desk.full, desk.access_needs) == (other.event_id, (), 0)
    desk = desk_of(SLUG, clock.now())
    assert [(session.title, session.waiting) for session in desk.full] == [("Talking about suicide", 1)]
    assert (desk.registrations["placed"], desk.access_needs) == (3, 3)


def test_desk_of_shows_how_far_the_programme_is(symphony, db_session):
    batch = actions.make_programme(None, SLUG)
    desk = desk_of(SLUG, clock.now())
    assert (desk.programme, desk.batch and desk.batch.batch_id) == (None, batch)


def test_desk_of_no_event(db_session):
    with pytest.raises(NotHere):
        desk_of("nothing", clock.now())
