"""Reading registrations: through their link, and as the organiser's lists."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update

from base.errors import NotHere
from base.pages import Asked
from events.agenda.actions import change_session
from events.my_registration.actions import cancel_registration
from events.places.rules import Position
from events.registration import queries
from events.registration.models import Registration
from events.registration.rules import Details
from events.set_up.actions import change_event
from outside import clock
from tests.events.registration.people import check_counters, come, token
from tests.events.symphony import SLUG, details, make_symphony, plan_of
from tests.events.symphony import at as time

SUICIDE, TRANS = "Talking about suicide", "Trans identity at work"
LGBT, CARERS = "LGBT+ lives in services", "Carers in conversation"


@pytest.fixture(autouse=True)
def _counters_agree_with_rows(symphony, db_session):
    yield
    check_counters(symphony.event_id)


def test_a_link_that_is_none_of_ours_or_has_expired_is_not_here(symphony, db_session, at):
    come(symphony, "ada")
    link = token("ada")
    with pytest.raises(NotHere):
        queries.registration_of_link("x" * 32, clock.now())
    with pytest.raises(NotHere):
        queries.registration_of_link(link, time("16:30") + timedelta(days=30))


def test_a_moved_workshop_that_now_clashes_is_counted_for_the_organiser(symphony, db_session):
    come(symphony, "ada", SUICIDE, CARERS)
    come(symphony, "ben", TRANS, LGBT)
    assert queries.count_double_booked(symphony.event_id) == 0
    quiet_studio = {"room_id": symphony.rooms["Studio"], "starts_at": time("10:30"), "ends_at": time("11:00")}
    change_session(None, SLUG, symphony.sessions[CARERS], plan_of(symphony, CARERS, **quiet_studio))
    assert queries.count_double_booked(symphony.event_id) == 0
    at_eleven = {"room_id": symphony.rooms["Main hall"], "starts_at": time("11:00"), "ends_at": time("11:30")}
    change_session(None, SLUG, symphony.sessions[CARERS], plan_of(symphony, CARERS, **at_eleven))
    assert queries.count_double_booked(symphony.event_id) == 1


def test_double_booked_are_counted_in_their_own_event_only(symphony, db_session):
    other = make_symphony("other")
    come(symphony, "ada", SUICIDE, CARERS)
    at_eleven = {"room_id": symphony.rooms["Main hall"], "starts_at": time("11:00"), "ends_at": time("11:30")}
    change_session(None, SLUG, symphony.sessions[CARERS], plan_of(symphony, CARERS, **at_eleven))
    assert queries.count_double_booked(symphony.event_id) == 1
    assert queries.count_double_booked(other.event_id) == 0


def test_one_s_own_registration_through_its_link(symphony, db_session):
    for name in ("ada", "ben", "cyd", "dee"):
        come(symphony, name, SUICIDE, CARERS)
    mine = queries.registration_of_link(token("dee"), clock.now())
    assert (mine.event_slug, mine.email, mine.details) == (SLUG, "dee@example.org", Details("Dee"))
    assert (mine.state, mine.position) == ("placed", None)
    assert mine.choices == (
        queries.Choice(symphony.sessions[SUICIDE], "waiting", Position(2)),
        queries.Choice(symphony.sessions[CARERS], "placed", None),
    )
    assert mine.chosen == [symphony.sessions[SUICIDE], symphony.sessions[CARERS]]
    assert queries.event_of_link(token("dee"), clock.now()) == SLUG
    with pytest.raises(NotHere):
        queries.event_of_link("x" * 32, clock.now())


def test_the_position_on_the_event_s_list_counts_those_ahead(symphony, db_session):
    change_event(None, SLUG, details(capacity=1))
    for name in ("ada", "ben", "cyd", "dee"):
        come(symphony, name)
    cancel_registration(token("ben"))
    positions = [
        queries.registration_of_link(token(name), clock.now()).position for name in ("ada", "cyd", "dee")
    ]
    assert positions == [None, Position(1), Position(2)]


def test_an_address_is_registered_until_it_cancels(symphony, db_session):
    other = make_symphony("other")
    come(symphony, "ada")
    assert queries.is_registered(symphony.event_id, "ada@example.org")
    assert not queries.is_registered(other.event_id, "ada@example.org")
    cancel_registration(token("ada"))
    assert not queries.is_registered(symphony.event_id, "ada@example.org")


def test_registrations_are_counted_by_state(symphony, db_session):
    change_event(None, SLUG, details(capacity=2))
    for name in ("ada", "ben", "cyd", "dee"):
        come(symphony, name)
    cancel_registration(token("dee"))
    came = update(Registration).where(Registration.email.in_(["ada@example.org"]))
    db_session.execute(came.values(checked_in_at=clock.now()))
    counted = queries.count_registrations(symphony.event_id)
    assert counted == {"placed": 2, "waiting": 1, "cancelled": 1, "checked_in": 1}
    assert queries.count_registrations(0) == {"placed": 0, "waiting": 0, "cancelled": 0, "checked_in": 0}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", ["Ada", "ben", "Cy_d"]),
        ("BEN", ["ben"]),
        ("cyd@", ["Cy_d"]),
        ("%", []),
        ("_", ["Cy_d"]),
        ("\\", []),
        ("nobody", []),
    ],
)
def test_registrations_are_found_by_name_address_or_reference(symphony, db_session, words, found):
    for name, badge_name in (("ben", "ben"), ("cyd", "Cy_d"), ("ada", "Ada"), ("dee", "Dee")):
        come(symphony, name, CARERS, SUICIDE)
        named = update(Registration).where(Registration.email == f"{name}@example.org")
        db_session.execute(named.values(badge_name=badge_name))
    cancel_registration(token("dee"))
    page = queries.registrations_of(symphony.event_id, Asked(words=words, sort="name"))
    assert (page.total, [one.details.badge_name for one in page.rows]) == (len(found), found)
    for one in page.rows:
        by_reference = Asked(words=one.reference[-6:].lower(), sort="name")
        assert queries.registrations_of(symphony.event_id, by_reference).rows == (one,)
        waits = "waiting" if one.details.badge_name == "Ada" else "placed"
        assert one.workshops == ((SUICIDE, waits), (CARERS, "placed"))


def test_registrations_come_a_page_at_a_time(symphony, db_session):
    for name in ("cyd", "ada", "ben"):
        come(symphony, name)
    asked = Asked(page=2, per_page=1, sort="name")
    page = queries.registrations_of(symphony.event_id, asked)
    assert (page.total, [one.details.badge_name for one in page.rows]) == (3, ["Ben"])
