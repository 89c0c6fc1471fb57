"""The page at the door."""

from __future__ import annotations

import pytest
from sqlalchemy import select, text

from events.my_registration.actions import cancel_registration
from events.registration.models import Registration
from tests.events.registration.people import come, token
from tests.events.symphony import SLUG
from tests.events.symphony import at as time

DOOR = f"/events/{SLUG}/door"


@pytest.fixture
def people(symphony, db_session, at):
    """Two people with a place, on the day."""
    come(symphony, "ada", "Talking about suicide", access="Silver frame")
    come(symphony, "ben")
    db_session.commit()
    at(time("8:45"))
    return {row.badge_name: row.reference for row in db_session.scalars(select(Registration))}


def test_list_arrivals_shows_names_and_references_only(people, volunteer):
    page = volunteer.open(DOOR)
    assert page.table("People with a place") == [
        {"Name": "Ada", "Reference": people["Ada"], "Here": "", "": "Check in Ada"},
        {"Name": "Ben", "Reference": people["Ben"], "Here": "", "": "Check in Ben"},
    ]
    for private in ("example.org", "suicide", "Silver frame"):
        assert private not in page.html


def test_check_in_and_undo(people, volunteer):
    page = volunteer.open(DOOR).press("Check in Ada")
    assert page.notices == ["Ada is here."]
    assert "1 of 2 people here" in page.text
    assert page.table("People with a place")[0]["Here"] == "since 8.45am"
    page = page.press("Undo check-in of Ada")
    assert page.notices == ["Ada is no longer checked in."]
    assert "0 of 2 people here" in page.text


@pytest.mark.parametrize("words", ["ada", "AD", "{}"])
def test_list_arrivals_finds_by_name_or_reference(people, volunteer, words):
    page = volunteer.open(DOOR, query_string={"words": words.format(people["Ada"][-4:].lower())})
    assert [row["Name"] for row in page.table("People with a place")] == ["Ada"]


def test_a_door_of_many_shows_one_page_and_finds_all(symphony, db_session, volunteer, at):
    """Buttons lead back to the same part of the list."""
    db_session.execute(
        text(
            "insert into registration (reference, event_id, badge_name, email, state, registered_at) select"
            " 'R-' || n, :event, 'Guest ' || lpad(cast(n as text), 2, '0'), 'guest' || n || '@example.org',"
            " 'placed', now() from generate_series(1, 60) as n"
        ),
        {"event": symphony.event_id},
    )
    db_session.commit()
    at(time("8:45"))
    page = volunteer.open(DOOR)
    assert (len(page.table("People with a place")), "1 to 25 of 60 people" in page.text) == (25, True)
    second = page.follow("Next page of people").press("Check in Guest 30")
    assert (second.notices, "26 to 50 of 60 people" in second.text) == (["Guest 30 is here."], True)
    found = second.press("Find", **{"Name or reference": "guest 59"}).press("Check in Guest 59")
    assert "1 person with “guest 59”" in found.text
    assert "2 of 60 people here" in found.text


def test_check_in_of_somebody_who_cancelled_meanwhile_is_refused(people, db_session, volunteer):
    page = volunteer.open(DOOR)
    cancel_registration(token("ada"))
    db_session.commit()
    page = page.press("Check in Ada")
    assert (page.status, page.errors[0]) == (
        422,
        "This registration was cancelled. Ask the organiser whether there is a place",
    )


def test_check_in_twice_is_once(people, volunteer):
    first = volunteer.open(DOOR)
    second = volunteer.open(DOOR)
    first.press("Check in Ada")
    assert second.press("Check in Ada").notices == ["Ada is here."]


def test_the_door_is_for_volunteers_and_organisers(people, client, organiser, signed_in):
    assert client.open(DOOR).url.startswith("/sign-in")
    assert organiser.open(DOOR).status == 200
    assert signed_in("stranger@example.org").open(DOOR).status == 404


def test_list_arrivals_asks_the_same_queries_whatever_its_size(
    symphony, db_session, volunteer, count_queries
):
    counts = []
    for names in (["ada"], [f"p{number}" for number in range(7)]):
        for name in names:
            come(symphony, name)
        db_session.commit()
        with count_queries() as counted:
            volunteer.open(DOOR)
        counts.append(counted.count)
    assert counts == [6, 6]
