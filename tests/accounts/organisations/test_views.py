"""Organisations through the pages."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from accounts.organisations import actions
from accounts.organisations.models import Organisation
from base.database import db

START = {
    "Name of the organisation": "Sandwell Voices",
    "What kind of organisation is it?": "Charity",
    "Where does it work?": "Midlands",
}


@pytest.fixture
def sandwell(app, signed_in):
    """A browser of the lead of Sandwell Voices."""
    lead = signed_in("lead@example.org", "Lea Lead")
    lead.open("/organisations/start").press("Start this organisation", **START)
    return lead


def test_start_organisation_leads_to_ones_own_page(signed_in):
    """With a notice, and the organisation listed."""
    landed = (
        signed_in("maya@example.org").open("/organisations/start").press("Start this organisation", **START)
    )
    assert (landed.url, landed.notices) == (
        "/me",
        ["Sandwell Voices is on Chorus now, and you lead it here."],
    )
    assert landed.links["Sandwell Voices"] == "/organisations/sandwell-voices"


def test_start_organisation_says_what_is_missing(app, signed_in):
    """Each message beside its field; nothing is written."""
    page = signed_in("maya@example.org").open("/organisations/start").press("Start this organisation")
    assert (page.status, page.errors) == (
        422,
        [
            "Enter the name of your organisation",
            "Choose what kind of organisation it is",
            "Choose where it works",
        ],
    )
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Organisation)) == 0


def test_start_organisation_refuses_a_name_that_is_here(sandwell, signed_in):
    """The rule's words at the field, what was typed still there."""
    page = (
        signed_in("maya@example.org")
        .open("/organisations/start")
        .press("Start this organisation", **{**START, "Name of the organisation": "the SANDWELL voices"})
    )
    assert (page.status, page.errors) == (
        422,
        ["Sandwell Voices is here already. Go back and join it instead"],
    )
    assert page.values()["Name of the organisation"] == "the SANDWELL voices"


def test_a_newcomer_finds_asks_and_is_let_in(sandwell, signed_in):
    """The whole way, seen from both sides."""
    ben = signed_in("ben@example.org", "Ben New")
    found = ben.open("/organisations").press("Find", **{"Name of your organisation": "sandwell"})
    landed = found.follow("Join Sandwell Voices").press("Join")
    assert landed.notices == [
        "We have asked the people who lead Sandwell Voices here. You get an email when they answer."
    ]
    assert ben.open("/organisations/sandwell-voices").status == 404
    decided = (
        sandwell.open("/organisations/sandwell-voices").follow("Decide about Ben New").press("Let them in")
    )
    assert (decided.url, decided.notices) == ("/organisations/sandwell-voices", ["They are in now."])
    assert decided.table("Who belongs to it") == [
        {"Name": "Lea Lead", "Email address": "lead@example.org", "Role": "Lead"},
        {"Name": "Ben New", "Email address": "ben@example.org", "Role": "Member"},
    ]
    assert ben.open("/organisations/sandwell-voices").h1 == "Sandwell Voices"


def test_a_newcomer_who_is_not_let_in(sandwell, signed_in):
    """Nobody is listed, and the page to decide is gone."""
    ben = signed_in("ben@example.org", "Ben New")
    ben.open("/organisations/sandwell-voices/join").press("Join")
    page = sandwell.open("/organisations/sandwell-voices").follow("Decide about Ben New")
    assert page.press("Do not let them in").notices == ["They were not let in."]
    assert sandwell.open(page.url).status == 404
    assert ben.open("/organisations/sandwell-voices").status == 404


def test_two_leads_who_decide_about_one_person(sandwell, signed_in):
    """The second one is told, not shown an error; the first decision stands."""
    ben = signed_in("ben@example.org", "Ben New")
    ben.open("/organisations/sandwell-voices/join").press("Join")
    pages = [sandwell.open("/organisations/sandwell-voices").follow("Decide about Ben New") for _ in range(2)]
    assert pages[0].press("Let them in").notices == ["They are in now."]
    second = pages[1].press("Do not let them in")
    assert second.notices == ["Nobody waits here any more: another lead has decided."]
    assert [row["Name"] for row in second.table("Who belongs to it")] == ["Lea Lead", "Ben New"]


def test_a_member_sees_who_asks_but_does_not_decide(app, sandwell, signed_in):
    """Only leads have the link, and only for them the page exists."""
    ben, cat = signed_in("ben@example.org", "Ben New"), signed_in("cat@example.org", "Cat New")
    for newcomer in (ben, cat):
        newcomer.open("/organisations/sandwell-voices/join").press("Join")
    sandwell.open("/organisations/sandwell-voices").follow("Decide about Ben New").press("Let them in")
    page = ben.open("/organisations/sandwell-voices")
    assert [row["Name"] for row in page.table("Waiting to join")] == ["Cat New"]
    assert "Decide about Cat New" not in page.links
    decide = sandwell.open("/organisations/sandwell-voices").links["Decide about Cat New"]
    assert ben.open(decide).status == 404


def test_choose_organisation_takes_a_constant_number_of_queries(app, signed_in, count_queries):
    """With one and with ten found."""
    browser = signed_in("maya@example.org")
    counted = []
    for size in (1, 10):
        with app.app_context():
            here = db.session.scalars(select(func.count()).select_from(Organisation)).one()
            for number in range(here, size):
                actions.add_organisation(f"Trust {number}", "Other", "London")
            db.session.commit()
        with count_queries() as sent:
            page = browser.open("/organisations?name=trust")
        counted.append((len(page.table("Organisations found")), sent.count))
    assert counted == [(1, 4), (10, 4)]


def test_view_organisation_takes_a_constant_number_of_queries(app, sandwell, signed_in, count_queries):
    """With one and with six people."""
    counted = []
    for size in (1, 6):
        for number in range(1, size):
            signed_in(f"p{number}@example.org").open("/organisations/sandwell-voices/join").press("Join")
        with count_queries() as sent:
            page = sandwell.open("/organisations/sandwell-voices")
        counted.append((page.text.count("example.org"), sent.count))
    assert counted == [(1, 5), (6, 5)]


@pytest.mark.parametrize("number", ["0", "2147483647", "2147483648", "9" * 30])
def test_a_person_of_any_number_is_a_page_or_not_found(sandwell, number):
    """A number that no column can hold is no error of ours."""
    assert sandwell.open(f"/organisations/sandwell-voices/people/{number}").status == 404


def test_a_sign_that_no_column_can_hold_is_refused_kindly(signed_in):
    """NUL in an address: a page that says so, not an error of ours."""
    page = signed_in("maya@example.org").open("/organisations?name=a%00b")
    assert (page.status, page.h1) == (400, "We could not read that")
