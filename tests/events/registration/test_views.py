"""Registering on one page, the personal link, and the organiser's lists."""

from __future__ import annotations

import csv
import io
import re

import pytest
from sqlalchemy import text

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


def test_change_needs(mine, db_session, client):
    page = client.open(f"{mine}/needs").press("Save", **{"What do you eat?": ["Vegan"]})
    assert page.notices == ["We have noted what you need."]
    page = client.open(f"{mine}/needs").press("Save")
    assert page.notices == ["What you had noted is deleted."]
    assert "Nothing is noted" in page.text


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


def test_list_registrations_shows_workshops_and_no_needs(symphony, db_session, organiser):
    come(symphony, "ada", SUICIDE, CARERS, access="Walks with a silver frame")
    come(symphony, "ben")
    db_session.commit()
    page = organiser.open(f"/events/{SLUG}/organise/registrations")
    rows = page.table("Registrations")
    assert [(row["Name"], row["Address"], row["State"]) for row in rows] == [
        ("Ada", "ada@example.org", "Place"),
        ("Ben", "ben@example.org", "Place"),
    ]
    assert (SUICIDE in rows[0]["Workshops"], CARERS in rows[0]["Workshops"]) == (True, True)
    assert "silver frame" not in page.html
    found = organiser.open(f"/events/{SLUG}/organise/registrations?words=BEN%25")
    assert "Nobody by that name" in found.text
    found = organiser.open(f"/events/{SLUG}/organise/registrations?words=ben")
    assert [row["Name"] for row in found.table("Registrations")] == ["Ben"]


LIST = f"/events/{SLUG}/organise/registrations"


@pytest.fixture
def many(symphony, db_session):
    """A hundred and one guests by name, all in by SQL; guest 7 waits, guest 8 is here."""
    db_session.execute(
        text(
            "insert into registration (reference, event_id, badge_name, email, state, registered_at,"
            " checked_in_at) select 'R-' || n, :event, 'Guest ' || lpad(cast(n as text), 3, '0'),"
            " 'guest' || n || '@example.org', case n when 7 then 'waiting' else 'placed' end, now(),"
            " case n when 8 then now() end from generate_series(1, 101) as n"
        ),
        {"event": symphony.event_id},
    )
    db_session.commit()


def test_registrations_come_in_pages_whose_links_keep_what_was_asked(many, organiser):
    page = organiser.open(LIST)
    assert "1 to 50 of 101 registrations" in page.text
    assert (len(page.table("Registrations")), "Page 1 of 3" in page.text) == (50, True)
    last = page.follow("Last page of registrations")
    assert [row["Name"] for row in last.table("Registrations")] == ["Guest 101"]
    found = page.press("Find", **{"Name, address or reference": "guest1", "State": "Place"})
    assert "13 registrations with “guest1”" in found.text
    newest = found.follow("Sort by newest first")
    assert [row["Name"] for row in newest.table("Registrations")][:2] == ["Guest 101", "Guest 100"]
    assert newest.url.endswith("?words=guest1&state=placed&sort=newest")
    assert newest.follow("Show all registrations").url.endswith("registrations?page=1")


@pytest.mark.parametrize("number", ["4", "9" * 20])
def test_a_page_after_the_last_shows_the_last(many, organiser, number):
    page = organiser.open(f"{LIST}?page={number}")
    assert (page.status, "101 to 101 of 101 registrations" in page.text) == (200, True)


@pytest.mark.parametrize(("state", "names"), [("waiting", ["Guest 007"]), ("here", ["Guest 008"])])
def test_registrations_are_filtered_by_what_they_are(many, organiser, state, names):
    page = organiser.open(f"{LIST}?state={state}")
    assert [row["Name"] for row in page.table("Registrations")] == names
    assert organiser.open(f"{LIST}?state=placed&words=guest00").text.count("No registrations") == 1


def test_the_list_as_a_file_holds_what_was_found_and_leaves_a_line(many, organiser, symphony, db_session):
    come(symphony, "ada", SUICIDE)
    db_session.execute(text("update registration set badge_name = '=1+1' where badge_name = 'Ada'"))
    db_session.commit()
    found = organiser.open(f"{LIST}?words=ada").press("Download as a file (CSV)")
    assert (found.status, found.content_type) == (200, "text/csv")
    columns, row = csv.reader(io.StringIO(found.body.decode("utf-8-sig"), newline=""))
    assert columns == ["Name", "Address", "Reference", "State", "Workshops", "Registered"]
    assert [row[0], row[1], row[3], row[4]] == ["'=1+1", "ada@example.org", "Place", SUICIDE]
    everything = organiser.open(LIST).press("Download as a file (CSV)")
    assert len(everything.body.decode().splitlines()) == 103
    lines = db_session.execute(text("select what, changes from history order by id desc limit 2")).all()
    assert [tuple(line) for line in lines] == [
        ("registration.export_registrations", {"rows": [None, 102]}),
        ("registration.export_registrations", {"rows": [None, 1]}),
    ]


def test_list_needs_shows_no_names(symphony, db_session, organiser):
    come(symphony, "ada", TRANS, access="Large print; Hearing loop", dietary="Vegan")
    come(symphony, "ben", access="Large print")
    db_session.commit()
    page = organiser.open(f"/events/{SLUG}/organise/needs")
    assert page.table("Access needs by number") == [
        {"Need": "Large print", "People": "2"},
        {"Need": "Hearing loop", "People": "1"},
    ]
    assert [row["Workshops and rooms"] for row in page.table("Needs by registration")].count(
        "Trans identity at work (Garden room)"
    ) == 1
    assert "ada@example.org" not in page.html
    assert "Ada" not in page.text


@pytest.mark.parametrize("part", ["registrations", "needs"])
def test_lists_ask_the_same_queries_whatever_their_size(symphony, db_session, organiser, count_queries, part):
    counts = []
    for names in (["ada"], [f"p{number}" for number in range(7)]):
        for name in names:
            come(symphony, name, SUICIDE, CARERS, access="Large print")
        db_session.commit()
        with count_queries() as counted:
            organiser.open(f"/events/{SLUG}/organise/{part}")
        counts.append(counted.count)
    assert counts == [{"registrations": 7, "needs": 6}[part]] * 2


@pytest.mark.parametrize("part", ["registrations", "needs"])
def test_lists_are_for_organisers(symphony, client, volunteer, part):
    path = f"/events/{SLUG}/organise/{part}"
    assert client.open(path).url.startswith("/sign-in")
    assert volunteer.open(path).status == 404
