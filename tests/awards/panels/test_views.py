"""Putting a person on a panel, as organisers see it."""

from __future__ import annotations

from tests.awards.panel import mails
from tests.awards.season import SLUG

PAGE = f"/awards/{SLUG}/organise/panels/wellbeing/add"


def test_add_judge_seats_and_invites_them(app, house, noor):
    """The form's fields arrive as they are; the page that follows is the panel's."""
    page = noor().open(PAGE)
    assert page.h1 == "Mental Health Workforce Wellbeing Add a judge"
    page = page.press(
        "Add and invite",
        **{
            "Email address": "Huw@Example.org",
            "Name": "Huw Price",
            "Organisation": "Combined",
            "Has lived experience of using services or caring": True,
        },
    )
    assert page.notices == ["They are on the panel, and an invitation is on its way."]
    assert page.url == PAGE.removesuffix("/add")
    row = next(row for row in page.table("Judges") if row["Name"].startswith("Huw Price"))
    assert (row["Organisation"], row["Role"]) == ("Combined", "Lived experience")
    assert mails(app, "panels/invited")[-1][0] == "huw@example.org"


def test_add_judge_says_what_is_wrong_at_its_field(app, house, noor):
    """A wrong address, somebody who is here already, a second chair; nobody is invited."""
    page = noor().open(PAGE)
    invited = len(mails(app, "panels/invited"))
    for values, error in (
        ({"Email address": ""}, "Enter the judge's email address"),
        (
            {"Email address": "not an address"},
            "Enter an email address in the correct format, like name@example.org",
        ),
        ({"Email address": "beth@example.org"}, "They are on this panel already"),
        (
            {"Email address": "huw@example.org", "Chairs the panel": True},
            "Maya Collins chairs this panel already",
        ),
    ):
        page = page.press("Add and invite", **values)
        assert (page.status, page.errors) == (422, [error])
    assert len(mails(app, "panels/invited")) == invited
