"""Saying anew what one needs, and the organiser's list of needs."""

from __future__ import annotations

import pytest

from tests.events.registration.people import come, token
from tests.events.symphony import SLUG

PAGE = f"/events/{SLUG}/organise/needs"
SUICIDE, TRANS, CARERS = "Talking about suicide", "Trans identity at work", "Carers in conversation"


@pytest.fixture
def mine(symphony, db_session, client):
    """The page behind the personal link of somebody who has noted needs."""
    come(symphony, "ada", SUICIDE, access="Walks with a silver frame", dietary="No lychees")
    db_session.commit()
    return f"/registrations/{token('ada')}"


def test_change_needs(mine, db_session, client):
    page = client.open(f"{mine}/needs").press("Save", **{"What do you eat?": ["Vegan"]})
    assert page.notices == ["We have noted what you need."]
    page = client.open(f"{mine}/needs").press("Save")
    assert page.notices == ["What you had noted is deleted."]
    assert "Nothing is noted" in page.text


def test_list_needs_shows_no_names(symphony, db_session, organiser):
    come(symphony, "ada", TRANS, access="Large print; Hearing loop", dietary="Vegan")
    come(symphony, "ben", access="Large print")
    db_session.commit()
    page = organiser.open(PAGE)
    assert page.table("Access needs by number") == [
        {"Need": "Large print", "People": "2"},
        {"Need": "Hearing loop", "People": "1"},
    ]
    assert [row["Workshops and rooms"] for row in page.table("Needs by registration")].count(
        "Trans identity at work (Garden room)"
    ) == 1
    assert "ada@example.org" not in page.html
    assert "Ada" not in page.text


def test_the_list_asks_the_same_queries_whatever_its_size(symphony, db_session, organiser, count_queries):
    counts = []
    for names in (["ada"], [f"p{number}" for number in range(7)]):
        for name in names:
            come(symphony, name, SUICIDE, CARERS, access="Large print")
        db_session.commit()
        with count_queries() as counted:
            organiser.open(PAGE)
        counts.append(counted.count)
    assert counts == [7, 7]


def test_the_list_is_for_organisers(symphony, client, volunteer):
    assert client.open(PAGE).url.startswith("/sign-in")
    assert volunteer.open(PAGE).status == 404
