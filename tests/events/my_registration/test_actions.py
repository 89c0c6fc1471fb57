"""Registering, changing and cancelling, on PostgreSQL."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from backstage.history.models import History
from base.errors import Refused
from events.my_registration import actions
from events.needs.models import Needs
from events.places.rules import Place, Position
from events.registration import queries
from events.registration.models import Registration
from events.registration.rules import Details, Registered
from events.set_up.actions import change_event
from outside import clock
from tests.events.registration.people import check_counters, come, mails, states, token
from tests.events.symphony import SLUG, details
from tests.events.symphony import at as time

SUICIDE, TRANS, STORY = "Talking about suicide", "Trans identity at work", "Telling your own story"
LGBT, CARERS = "LGBT+ lives in services", "Carers in conversation"


@pytest.fixture(autouse=True)
def _counters_agree_with_rows(symphony, db_session):
    yield
    check_counters(symphony.event_id)


def test_register_gives_places(symphony, db_session):
    assert come(symphony, "sunny", SUICIDE, CARERS) == Registered(
        Place(), ((SUICIDE, Place()), (CARERS, Place()))
    )
    assert states("sunny") == {"": "placed", SUICIDE: "placed", CARERS: "placed"}


def test_register_writes_a_mail_with_calendar_and_link(symphony, db_session):
    come(symphony, "sunny", SUICIDE)
    (mail,) = mails("sunny")
    assert mail.template == "registration/confirmed"
    note = "Content note: Talks about suicide. Two listeners are in the quiet room"
    assert mail.values["workshops"] == [f"{SUICIDE}, 11am to midday, Studio. {note}"]
    (calendar,) = mail.attachments
    assert (calendar["name"], calendar["type"]) == ("symphony.ics", "text/calendar")
    assert f"SUMMARY:{SUICIDE}" in calendar["text"]
    assert queries.registration_of_link(token("sunny"), clock.now()).email == "sunny@example.org"


def test_register_for_a_full_workshop_joins_its_list_in_order(symphony, db_session):
    registered = [come(symphony, name, SUICIDE) for name in ("ada", "ben", "cyd", "dee")]
    assert [one.workshops for one in registered] == [
        ((SUICIDE, standing),) for standing in (Place(), Place(), Position(1), Position(2))
    ]
    assert states("dee") == {"": "placed", SUICIDE: "waiting"}
    assert "you are 2nd in line" in str(mails("dee")[0].values["waits"])


def test_register_refuses_two_workshops_at_the_same_time_and_names_both(symphony, db_session):
    with pytest.raises(Refused) as no:
        come(symphony, "sunny", SUICIDE, STORY)
    assert no.value.field == "workshops"
    assert no.value.why == f"“{SUICIDE}” and “{STORY}” are at the same time. Choose one of them"
    assert db_session.scalars(select(Registration)).all() == []


def test_register_the_same_address_again_says_the_same_and_changes_nothing(symphony, db_session):
    first = come(symphony, "sunny", TRANS)
    again = actions.register(
        SLUG, " SUNNY@example.org ", Details("Somebody else"), [symphony.sessions[TRANS]]
    )
    assert again == first
    assert states("sunny") == {"": "placed", TRANS: "placed"}
    assert [mail.template for mail in mails("sunny")] == [
        "registration/confirmed",
        "registration/already_registered",
    ]
    links = [str(mail.values["link"]) for mail in mails("sunny")]
    for link in links:
        assert (
            queries.registration_of_link(link.rpartition("/")[2], clock.now()).details.badge_name == "Sunny"
        )
    assert links[0] != links[1]


def test_register_after_cancelling_starts_anew(symphony, db_session):
    come(symphony, "sunny", TRANS)
    actions.cancel_registration(token("sunny"))
    come(symphony, "sunny", CARERS)
    assert states("sunny") == {"": "placed", CARERS: "placed"}


@pytest.mark.parametrize("changed", [{"registration_open": False}, {"ends_at": time("9:01")}])
def test_register_refuses_when_closed_or_over(symphony, db_session, at, changed):
    change_event(None, SLUG, details(**changed))
    at(time("9:30"))
    with pytest.raises(Refused):
        come(symphony, "sunny")


def test_register_refuses_a_workshop_that_has_begun(symphony, db_session, at):
    at(time("11:00"))
    with pytest.raises(Refused, match="has begun"):
        come(symphony, "sunny", SUICIDE)


def test_history_names_no_workshop_and_no_need(symphony, db_session):
    come(symphony, "sunny", SUICIDE, access="BSL interpreter", dietary="Vegan")
    db_session.flush()
    line = db_session.scalars(select(History).where(History.what == "my_registration.register")).one()
    assert line.changes == {"state": [None, "placed"], "workshops": None, "needs": None}


def test_cancel_gives_the_place_to_the_next_in_line_and_tells_them(symphony, db_session):
    for name in ("ada", "ben", "cyd", "dee"):
        come(symphony, name, SUICIDE)
    actions.cancel_registration(token("ada"))
    assert states("ada") == {"": "cancelled"}
    assert (states("cyd")[SUICIDE], states("dee")[SUICIDE]) == ("placed", "waiting")
    assert mails("cyd")[-1].subject == f"You have a place in {SUICIDE}"
    assert mails("dee")[-1].template == "registration/confirmed"
    assert queries.registration_of_link(token("cyd"), clock.now()).choices[0].state == "placed"
    assert queries.registration_of_link(token("dee"), clock.now()).choices[0].position == Position(1)


def test_cancel_deletes_needs_and_cannot_be_done_twice(symphony, db_session):
    come(symphony, "ada", access="Large print")
    link = token("ada")
    actions.cancel_registration(link)
    assert db_session.scalars(select(Needs)).all() == []
    with pytest.raises(Refused, match="was cancelled"):
        actions.cancel_registration(link)


def test_cancel_of_somebody_who_waits_moves_the_others_up(symphony, db_session):
    for name in ("ada", "ben", "cyd", "dee"):
        come(symphony, name, SUICIDE)
    actions.cancel_registration(token("cyd"))
    assert queries.registration_of_link(token("dee"), clock.now()).choices[0].position == Position(1)


def test_change_gives_back_takes_and_tells(symphony, db_session):
    for name in ("ada", "ben", "cyd"):
        come(symphony, name, SUICIDE)
    actions.change_registration(
        token("ada"), Details("Ada L"), [symphony.sessions[TRANS], symphony.sessions[LGBT]]
    )
    assert states("ada") == {"": "placed", TRANS: "placed", LGBT: "placed"}
    assert states("cyd")[SUICIDE] == "placed"
    assert mails("ada")[-1].template == "registration/changed"
    assert queries.registration_of_link(token("ada"), clock.now()).details.badge_name == "Ada L"


def test_change_refuses_a_clash_and_keeps_what_was(symphony, db_session):
    come(symphony, "ada", SUICIDE)
    with pytest.raises(Refused):
        actions.change_registration(
            token("ada"), Details("Ada"), [symphony.sessions[SUICIDE], symphony.sessions[TRANS]]
        )
    assert states("ada") == {"": "placed", SUICIDE: "placed"}


def test_change_keeps_the_place_in_line(symphony, db_session):
    for name in ("ada", "ben", "cyd", "dee"):
        come(symphony, name, SUICIDE)
    chosen = [symphony.sessions[SUICIDE], symphony.sessions[LGBT]]
    actions.change_registration(token("cyd"), Details("Cyd"), chosen)
    assert [one.position for one in queries.registration_of_link(token("cyd"), clock.now()).choices] == [
        Position(1),
        None,
    ]


def test_a_full_event_has_a_waiting_list_that_keeps_wishes(symphony, db_session):
    change_event(None, SLUG, details(capacity=1))
    come(symphony, "ada", SUICIDE)
    assert come(symphony, "ben", SUICIDE) == Registered(Position(1), ((SUICIDE, Place()),))
    come(symphony, "cyd", SUICIDE, LGBT)
    assert states("cyd") == {"": "waiting", SUICIDE: "wished", LGBT: "wished"}
    assert mails("cyd")[-1].values["position"] == "2nd"
    actions.cancel_registration(token("ben"))
    assert queries.registration_of_link(token("cyd"), clock.now()).position == Position(1)
    actions.cancel_registration(token("ada"))
    assert states("cyd") == {"": "placed", SUICIDE: "placed", LGBT: "placed"}
    assert mails("cyd")[-1].subject.startswith("You have a place after all")
