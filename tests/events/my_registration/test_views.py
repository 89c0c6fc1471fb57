"""Registering on one page, and one's own registration behind the personal link."""

from __future__ import annotations

import re

import pytest

from events.set_up.actions import change_event
from tests.events.registration.people import check_counters, come, mails, states, token
from tests.events.symphony import SECRETS, SLUG, details

PAGE = f"/events/{SLUG}/register"
SUICIDE, TRANS, STORY = "Talking about suicide", "Trans identity at work", "Telling your own story"
LGBT, CARERS = "LGBT+ lives in services", "Carers in conversation"
EARLY, LATE = "11am to 12.15pm: choose one", "2pm to 3pm: choose one"


def test_register_on_one_page(symphony, client):
    page = client.open(PAGE).press(
        "Register",
        **{
            "Name for your badge": "Sunny",
            "Email address": "tom@example.org",
            EARLY: [f"Talks about suicide {SUICIDE}"],
            LATE: [CARERS],
            "What do you need to take part?": ["Step-free access", "BSL interpreter"],
            "Anything else about food": "Nothing spicy",
        },
    )
    assert (page.status, page.h1, page.url) == (200, "You are registered", f"/events/{SLUG}/registered")
    assert "tom@example.org" in page.text
    assert f"{SUICIDE} You have a place" in page.text
    assert client.trail[-2:] == [f"303 POST {PAGE}", f"200 GET /events/{SLUG}/registered"]
    assert states("tom") == {"": "placed", SUICIDE: "placed", CARERS: "placed"}


def test_register_says_where_one_stands_in_line(symphony, db_session, client):
    for name in ("ada", "ben", "cyd"):
        come(symphony, name, SUICIDE)
    db_session.commit()
    page = client.open(PAGE)
    assert "Full, 1 person waiting: choose it and you are number 2 in line." in page.text
    page = page.press(
        "Register", **{"Email address": "dee@example.org", EARLY: [f"Talks about suicide {SUICIDE}"]}
    )
    assert f"{SUICIDE} Full: you are 2nd on the waiting list" in page.text


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ({}, ["Enter your email address"]),
        (
            {"Email address": "tom"},
            ["Enter an email address in the correct format, like name@example.org"],
        ),
        (
            {"Email address": "tom@example.org", EARLY: [f"Talks about suicide {SUICIDE}", TRANS]},
            [f"“{SUICIDE}” and “{TRANS}” are at the same time. Choose one of them"],
        ),
        (
            {EARLY: [TRANS, STORY]},
            [
                "Enter your email address",
                f"“{TRANS}” and “{STORY}” are at the same time. Choose one of them",
            ],
        ),
        (
            {"Email address": "tom@example.org", "Name for your badge": "x" * 61},
            ["Shorten this to 60 characters or fewer"],
        ),
    ],
)
def test_register_says_what_is_wrong_and_keeps_what_was_typed(symphony, client, typed, errors):
    given = {"Name for your badge": "Sunny", "Anything else about access": "I use a frame"} | typed
    page = client.open(PAGE).press("Register", **given)
    assert (page.status, page.errors) == (422, errors)
    assert page.title.startswith("Error: ")
    assert page.values()["Anything else about access"] == "I use a frame"
    assert page.values()["Name for your badge"] == given["Name for your badge"]


def test_register_with_a_workshop_that_is_gone_says_so(symphony, client):
    page = client.open(PAGE)
    posted = client.send(
        PAGE,
        {
            "csrf_token": re.search(r'name="csrf_token" value="([^"]+)"', page.html)[1],  # type: ignore[index]
            "email": "tom@example.org",
            "workshops": "99999999",
        },
    )
    assert posted.status == 422
    assert posted.errors[0].startswith("One of the workshops that you chose is no longer there")


def test_register_an_address_twice_shows_the_same_page(symphony, db_session, client):
    def send():
        typed = {"Email address": "tom@example.org", LATE: [CARERS]}
        page = client.open(PAGE).press("Register", **typed)
        return (page.status, page.url, page.text)

    first, second = send(), send()
    assert first == second
    assert [mail.template.rpartition("/")[2] for mail in mails("tom")] == ["confirmed", "already_registered"]


def test_register_while_closed(symphony, db_session, client):
    change_event(None, SLUG, details(registration_open=False))
    db_session.commit()
    page = client.open(PAGE)
    assert "Registration for this event is closed" in page.text
    assert page.buttons == []


def test_register_that_closes_while_the_form_is_open_keeps_the_text(symphony, db_session, client):
    page = client.open(PAGE)
    change_event(None, SLUG, details(registration_open=False))
    db_session.commit()
    typed = {"Email address": "tom@example.org", "Anything else about access": "I use a frame"}
    page = page.press("Register", **typed)
    assert page.status == 422
    assert page.values()["Anything else about access"] == "I use a frame"
    assert page.errors == [
        "Registration for this event is closed. Ask the people who run it if you still want to come"
    ]


def test_registered_without_having_registered_leads_to_the_form(symphony, client):
    assert client.open(f"/events/{SLUG}/registered").url == PAGE


def test_the_form_shows_a_place_taken_a_second_before(symphony, db_session, client):
    assert "2 of 2 places left" in client.open(PAGE).text
    come(symphony, "ada", SUICIDE)
    db_session.commit()
    assert "1 of 2 places left" in client.open(PAGE).text


def test_the_form_hides_what_is_under_embargo(symphony, client):
    page = client.open(PAGE)
    assert [secret for secret in SECRETS if secret in page.html] == []


@pytest.fixture
def mine(symphony, db_session, client):
    """The page behind the personal link of somebody with a place in one workshop and needs."""
    come(symphony, "ada", SUICIDE, access="Walks with a silver frame", dietary="No lychees")
    db_session.commit()
    return f"/registrations/{token('ada')}"


def test_manage_registration_never_shows_what_one_needs(mine, client):
    for page in (client.open(mine), client.open(f"{mine}/needs")):
        assert "silver frame" not in page.html
        assert "lychees" not in page.html
    assert "We have noted what you told us" in client.open(mine).text


def test_manage_registration_is_kept_by_no_browser_and_told_to_no_site(mine, client):
    for path in (mine, f"{mine}/needs", f"{mine}/cancel"):
        headers = client.client.get(path).headers
        assert (headers["Cache-Control"], headers["Referrer-Policy"]) == ("no-store", "no-referrer")


def test_manage_registration_changes_workshops(symphony, mine, client):
    page = client.open(mine)
    assert "You have a place." in page.text
    page = page.press("Save", **{EARLY: [TRANS], LATE: [LGBT], "Name for your badge": "Ada L"})
    assert page.notices[0].startswith("Saved.")
    assert states("ada") == {"": "placed", TRANS: "placed", LGBT: "placed"}
    check_counters(symphony.event_id)


def test_manage_registration_refuses_a_clash(mine, client):
    page = client.open(mine).press("Save", **{EARLY: [f"Talks about suicide {SUICIDE}", STORY]})
    assert (page.status, len(page.errors)) == (422, 1)
    assert states("ada") == {"": "placed", SUICIDE: "placed"}


def test_cancel_registration_needs_the_button(symphony, mine, client):
    page = client.open(f"{mine}/cancel")
    assert states("ada")[""] == "placed"
    page = page.press("Cancel my registration")
    assert page.notices[0].startswith("You have cancelled.")
    assert states("ada") == {"": "cancelled"}
    page = client.open(mine)
    assert "This registration was cancelled" in page.text
    assert page.buttons == []
    assert client.open(f"{mine}/cancel").buttons == []


def test_a_link_that_is_none_of_ours(symphony, client):
    for part in ("", "/needs", "/cancel"):
        assert client.open(f"/registrations/{'x' * 32}{part}").status == 404
