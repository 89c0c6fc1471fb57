"""Registering, changing, cancelling and the next in line, on PostgreSQL."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from backstage.history.models import History
from base.errors import NotHere, Refused
from events.agenda.actions import change_session
from events.registration import actions, lists, queries, retention
from events.registration.models import Needs, Registration, RegistrationLink
from events.registration.rules import Outcome
from events.set_up.actions import change_event
from outside import clock
from tests.events.registration.people import check_counters, come, mails, states, token
from tests.events.symphony import SLUG, details, plan_of
from tests.events.symphony import at as time

SUICIDE, TRANS, STORY = "Talking about suicide", "Trans identity at work", "Telling your own story"
LGBT, CARERS = "LGBT+ lives in services", "Carers in conversation"


@pytest.fixture(autouse=True)
def _counters_agree_with_rows(symphony, db_session):
    yield
    check_counters(symphony.event_id)


def test_register_gives_places(symphony, db_session):
    assert come(symphony, "sunny", SUICIDE, CARERS) == Outcome(0, ((SUICIDE, 0), (CARERS, 0)))
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
    outcomes = [come(symphony, name, SUICIDE) for name in ("ada", "ben", "cyd", "dee")]
    assert [outcome.workshops for outcome in outcomes] == [
        ((SUICIDE, position),) for position in (0, 0, 1, 2)
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
    again = actions.register(SLUG, " SUNNY@example.org ", "Somebody else", [symphony.sessions[TRANS]])
    assert again == first
    assert states("sunny") == {"": "placed", TRANS: "placed"}
    assert [mail.template for mail in mails("sunny")] == [
        "registration/confirmed",
        "registration/already_registered",
    ]
    links = [str(mail.values["link"]) for mail in mails("sunny")]
    for link in links:
        assert queries.registration_of_link(link.rpartition("/")[2], clock.now()).badge_name == "Sunny"
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
    line = db_session.scalars(select(History).where(History.what == "registration.register")).one()
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
    assert queries.registration_of_link(token("dee"), clock.now()).choices[0].position == 1


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
    assert queries.registration_of_link(token("dee"), clock.now()).choices[0].position == 1


def test_change_gives_back_takes_and_tells(symphony, db_session):
    for name in ("ada", "ben", "cyd"):
        come(symphony, name, SUICIDE)
    actions.change_registration(token("ada"), "Ada L", [symphony.sessions[TRANS], symphony.sessions[LGBT]])
    assert states("ada") == {"": "placed", TRANS: "placed", LGBT: "placed"}
    assert states("cyd")[SUICIDE] == "placed"
    assert mails("ada")[-1].template == "registration/changed"
    assert queries.registration_of_link(token("ada"), clock.now()).badge_name == "Ada L"


def test_change_refuses_a_clash_and_keeps_what_was(symphony, db_session):
    come(symphony, "ada", SUICIDE)
    with pytest.raises(Refused):
        actions.change_registration(
            token("ada"), "Ada", [symphony.sessions[SUICIDE], symphony.sessions[TRANS]]
        )
    assert states("ada") == {"": "placed", SUICIDE: "placed"}


def test_change_keeps_the_place_in_line(symphony, db_session):
    for name in ("ada", "ben", "cyd", "dee"):
        come(symphony, name, SUICIDE)
    chosen = [symphony.sessions[SUICIDE], symphony.sessions[LGBT]]
    actions.change_registration(token("cyd"), "Cyd", chosen)
    assert [one.position for one in queries.registration_of_link(token("cyd"), clock.now()).choices] == [1, 0]


def test_change_needs_replaces_them_unseen(symphony, db_session):
    come(symphony, "ada", access="Large print", dietary="Vegan")
    actions.change_needs(token("ada"), "Hearing loop", "")
    (needs,) = db_session.scalars(select(Needs)).all()
    assert (needs.access, needs.dietary) == ("Hearing loop", "")
    actions.change_needs(token("ada"), "", "")
    assert db_session.scalars(select(Needs)).all() == []
    db_session.flush()
    lines = db_session.scalars(select(History).where(History.what == "registration.change_needs")).all()
    assert [line.changes for line in lines] == [{"needs": None}, {"needs": None}]


def test_a_full_event_has_a_waiting_list_that_keeps_wishes(symphony, db_session):
    change_event(None, SLUG, details(capacity=1))
    come(symphony, "ada", SUICIDE)
    assert come(symphony, "ben", SUICIDE) == Outcome(1, ((SUICIDE, 0),))
    come(symphony, "cyd", SUICIDE, LGBT)
    assert states("cyd") == {"": "waiting", SUICIDE: "wished", LGBT: "wished"}
    assert mails("cyd")[-1].values["position"] == "2nd"
    actions.cancel_registration(token("ben"))
    assert queries.registration_of_link(token("cyd"), clock.now()).position == 1
    actions.cancel_registration(token("ada"))
    assert states("cyd") == {"": "placed", SUICIDE: "placed", LGBT: "placed"}
    assert mails("cyd")[-1].subject.startswith("You have a place after all")


def test_places_that_an_organiser_adds_go_to_those_who_wait(symphony, db_session):
    for name in ("ada", "ben", "cyd", "dee", "eve"):
        come(symphony, name, SUICIDE)
    change_session(None, SLUG, symphony.sessions[SUICIDE], plan_of(symphony, SUICIDE, places=4))
    taken = [states(name)[SUICIDE] for name in ("cyd", "dee", "eve")]
    assert taken == ["placed", "placed", "waiting"]
    assert come(symphony, "fay", SUICIDE).workshops == ((SUICIDE, 2),)


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


def test_a_link_that_is_none_of_ours_or_has_expired_is_not_here(symphony, db_session, at):
    come(symphony, "ada")
    link = token("ada")
    with pytest.raises(NotHere):
        queries.registration_of_link("x" * 32, clock.now())
    with pytest.raises(NotHere):
        queries.registration_of_link(link, time("16:30") + timedelta(days=30))


def test_the_token_is_nowhere_in_the_database_but_in_its_mail(symphony, db_session):
    come(symphony, "ada")
    db_session.flush()
    stored = db_session.execute(select(RegistrationLink.token_hash)).scalars().all()
    assert token("ada") not in stored
    assert len(token("ada")) == 32


def test_a_moved_workshop_that_now_clashes_is_counted_for_the_organiser(symphony, db_session):
    come(symphony, "ada", SUICIDE, CARERS)
    come(symphony, "ben", TRANS, LGBT)
    assert lists.count_double_booked(symphony.event_id) == 0
    quiet_studio = {"room_id": symphony.rooms["Studio"], "starts_at": time("10:30"), "ends_at": time("11:00")}
    change_session(None, SLUG, symphony.sessions[CARERS], plan_of(symphony, CARERS, **quiet_studio))
    assert lists.count_double_booked(symphony.event_id) == 0
    at_eleven = {"room_id": symphony.rooms["Main hall"], "starts_at": time("11:00"), "ends_at": time("11:30")}
    change_session(None, SLUG, symphony.sessions[CARERS], plan_of(symphony, CARERS, **at_eleven))
    assert lists.count_double_booked(symphony.event_id) == 1


def test_needs_go_30_days_after_the_event_and_registrations_90(symphony, db_session):
    come(symphony, "ada", access="Large print")
    db_session.flush()
    over = time("16:30")
    assert retention.forget_needs(over + timedelta(days=30)) == 0
    assert retention.forget_needs(over + timedelta(days=30, minutes=1)) == 1
    assert retention.forget_registrations(over + timedelta(days=90)) == 0
    assert retention.forget_registrations(over + timedelta(days=90, minutes=1)) == 1
    db_session.rollback()
