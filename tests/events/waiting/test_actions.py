"""Places that were given back or added go to the next in line, in the same action."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from backstage.history.models import History
from events.agenda.actions import change_session
from events.my_registration import actions
from events.places.rules import Position
from events.registration.rules import Details
from events.set_up.actions import change_event
from tests.events.registration.people import check_counters, come, mails, states, token
from tests.events.symphony import SLUG, details, plan_of
from tests.events.symphony import at as time

SUICIDE, TRANS = "Talking about suicide", "Trans identity at work"
LGBT, CARERS = "LGBT+ lives in services", "Carers in conversation"


@pytest.fixture(autouse=True)
def _counters_agree_with_rows(symphony, db_session):
    yield
    check_counters(symphony.event_id)


def test_places_that_an_organiser_adds_go_to_those_who_wait(symphony, db_session):
    for name in ("ada", "ben", "cyd", "dee", "eve"):
        come(symphony, name, SUICIDE)
    change_session(None, SLUG, symphony.sessions[SUICIDE], plan_of(symphony, SUICIDE, places=4))
    taken = [states(name)[SUICIDE] for name in ("cyd", "dee", "eve")]
    assert taken == ["placed", "placed", "waiting"]
    assert come(symphony, "fay", SUICIDE).workshops == ((SUICIDE, Position(2)),)


def test_places_added_to_a_workshop_that_has_begun_go_to_nobody_until_it_is_moved(symphony, db_session, at):
    for name in ("ada", "ben", "cyd"):
        come(symphony, name, SUICIDE)
    at(time("11:00"))
    change_session(None, SLUG, symphony.sessions[SUICIDE], plan_of(symphony, SUICIDE, places=4))
    assert states("cyd")[SUICIDE] == "waiting"
    later = {"starts_at": time("12:15"), "ends_at": time("13:15")}
    change_session(None, SLUG, symphony.sessions[SUICIDE], plan_of(symphony, SUICIDE, places=4, **later))
    assert states("cyd")[SUICIDE] == "placed"


@pytest.mark.parametrize(("hour", "state"), [("16:29", "placed"), ("16:30", "waiting")])
def test_places_added_to_an_event_that_is_over_go_to_nobody(symphony, db_session, at, hour, state):
    change_event(None, SLUG, details(capacity=1))
    come(symphony, "ada")
    come(symphony, "ben")
    at(time(hour))
    change_event(None, SLUG, details(capacity=2))
    assert states("ben")[""] == state


def test_a_bigger_event_takes_in_its_waiting_list(symphony, db_session):
    change_event(None, SLUG, details(capacity=1))
    for name in ("ada", "ben", "cyd"):
        come(symphony, name)
    change_event(None, SLUG, details(capacity=2))
    assert [states(name)[""] for name in ("ada", "ben", "cyd")] == ["placed", "placed", "waiting"]


def test_workshops_are_handed_on_before_the_event_so_that_nobody_new_overtakes(symphony, db_session):
    change_event(None, SLUG, details(capacity=3))
    for name in ("ada", "ben", "cyd"):
        come(symphony, name, SUICIDE)
    come(symphony, "dee", SUICIDE)
    assert states("dee") == {"": "waiting", SUICIDE: "wished"}
    actions.cancel_registration(token("ada"))
    assert states("cyd")[SUICIDE] == "placed"
    assert states("dee") == {"": "placed", SUICIDE: "waiting"}
    assert [mail.template for mail in mails("dee")] == ["registration/on_waiting_list", "waiting/event_place"]
    assert "you are 1st in line" in str(mails("dee")[-1].values["waits"])
    assert mails("cyd")[-1].template == "waiting/workshop_place"


def test_several_places_go_to_several_in_their_order(symphony, db_session):
    for name in ("ada", "ben", "cyd", "dee", "eve"):
        come(symphony, name, SUICIDE)
    chosen = [symphony.sessions[LGBT]]
    actions.change_registration(token("dee"), Details("Dee"), chosen)
    change_session(None, SLUG, symphony.sessions[SUICIDE], plan_of(symphony, SUICIDE, places=9))
    assert [states(name).get(SUICIDE) for name in ("cyd", "dee", "eve")] == ["placed", None, "placed"]
    assert come(symphony, "fay", SUICIDE).workshops[0][1].state == "placed"


def test_a_wish_for_a_workshop_that_has_begun_stays_a_wish(symphony, db_session, at):
    change_event(None, SLUG, details(capacity=1))
    come(symphony, "ada")
    come(symphony, "ben", SUICIDE, CARERS)
    at(time("11:00"))
    actions.cancel_registration(token("ada"))
    assert states("ben") == {"": "placed", SUICIDE: "wished", CARERS: "placed"}


def test_the_history_says_who_got_what(symphony, db_session):
    change_event(None, SLUG, details(capacity=1))
    come(symphony, "ada", TRANS)
    come(symphony, "ben", TRANS)
    change_event(None, SLUG, details(capacity=2))
    change_session(None, SLUG, symphony.sessions[TRANS], plan_of(symphony, TRANS, places=1 + 1))
    come(symphony, "cyd")
    db_session.flush()
    lines = db_session.scalars(select(History).where(History.what.startswith("waiting."))).all()
    assert [(line.what, line.person_id, line.changes) for line in lines] == [
        ("waiting.give_event_place", None, {"state": ["waiting", "placed"]})
    ]
