"""The front of a scheme, its questions and its hours, as people see them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from awards.schemes.rules import Hours
from base.database import db
from tests.awards.season import (
    CATEGORIES,
    CLOSES,
    DURING,
    HOURS,
    JUDGING_CLOSES,
    OPENS,
    SHORTLIST,
    SLUG,
    WINNERS,
    YEAR,
    address,
    make_scheme,
    ready,
)

NAME = "Positive Practice in Mental Health Awards"


@pytest.mark.parametrize(
    ("now", "state", "call"),
    [
        (OPENS - timedelta(days=2), "Opens Monday 2 March", "Read the questions"),
        (DURING, "Open for entries: 24 days left", "Start an entry"),
        (CLOSES, "Entries have closed. Judges are reading", "Your entries"),
        (SHORTLIST, "The shortlist is out", "See the shortlist"),
        (WINNERS, "The winners are announced", "See the winners"),
    ],
)
def test_view_scheme_says_where_it_is(app, client, at, now, state, call):
    """State, call and steps follow the hour."""
    ready(app)
    at(now)
    page = client.open(f"/awards/{SLUG}")
    assert (page.status, page.h1) == (200, f"2026 {NAME}")
    assert state in page.text
    assert call in page.links


def test_view_scheme_shows_categories_and_how_it_is_judged(app, client, at):
    """Real figures of this scheme, and no link to what is not there."""
    ready(app)
    at(DURING)
    page = client.open(f"/awards/{SLUG}")
    assert [name for _, name, *_ in CATEGORIES] == [
        text for text, href in page.links.items() if "/categories/" in href
    ]
    assert "Each asks the same 3 questions, about 620 words, which takes about 1 hour." in page.text
    assert "3 judges read every entry, and at least one of them has lived experience" in page.text
    assert "2 things are marked, the same for everybody: ambition and outcome" in page.text
    assert "See the winners and copy what they did" not in page.links
    assert "Winners, Liverpool" in page.text


def test_view_scheme_links_last_years_winners_after_their_hour(app, client, at):
    """Not before."""
    ready(app)
    with app.app_context():
        make_scheme("ppmh-2025", 2025, Hours(*(one - YEAR for one in vars(HOURS).values())))
        db.session.commit()
    at(WINNERS - YEAR - timedelta(seconds=1))
    assert "See the winners and copy what they did" not in client.open(f"/awards/{SLUG}").links
    at(WINNERS - YEAR)
    links = client.open(f"/awards/{SLUG}").links
    assert links["See the winners and copy what they did"] == "/awards/ppmh-2025/winners"


def test_view_scheme_asks_the_database_as_often_for_many_categories(app, client, at, count_queries):
    """Two or twenty."""
    many = tuple((f"c{number}", f"Category {number}", "team", "") for number in range(20))
    ready(app, categories=CATEGORIES[:2])
    with app.app_context():
        make_scheme("many", 2024, Hours(*(one - YEAR for one in vars(HOURS).values())), many)
        db.session.commit()
    at(DURING)
    counts = []
    for slug in (SLUG, "many"):
        with count_queries() as counted:
            assert client.open(f"/awards/{slug}").status == 200
        counts.append(counted.count)
    assert counts == [5, 5]


@pytest.mark.parametrize(
    "path", ["/awards/nothing", "/awards/nothing/questions", f"/awards/{SLUG}/categories/no"]
)
def test_what_is_not_there(app, client, at, path):
    """404, as for everything that is not there."""
    ready(app)
    at(DURING)
    assert client.open(path).status == 404


def test_read_questions(app, client, at):
    """Everything before one starts: limits, what may be left out, criteria and scale."""
    ready(app)
    at(DURING)
    page = client.open(f"/awards/{SLUG}/questions")
    assert page.headings[:6] == [
        "Summary",
        "What was done?",
        "What was the impact?",
        "Supporting document",
        "Photograph for the ceremony",
        "Web address",
    ]
    assert "a parent or guardian has to agree" in page.text
    assert page.table("What judges look for") == [
        {"Criterion": "Ambition", "Judged on": "“What was done?”", "Weight": "1"},
        {"Criterion": "Outcome", "Judged on": "“What was the impact?” and “What was done?”", "Weight": "2"},
    ]
    assert page.table("The scale")[2] == {"Mark": "3", "What it means": "Outstanding"}


def test_view_category(app, client, at):
    """While entries are open it leads to starting one."""
    ready(app)
    at(DURING)
    page = client.open(f"/awards/{SLUG}/categories/star")
    assert page.links["Start an entry"] == f"/awards/{SLUG}/enter/star"
    assert "This category is about children: a parent or guardian has to agree." in page.text
    at(CLOSES)
    page = client.open(f"/awards/{SLUG}/categories/star")
    assert "Start an entry" not in page.links
    assert "Entries have closed." in page.text


def test_change_hours_extends_the_deadline(app, signed_in, at):
    """A week more, seen by everybody at once."""
    ready(app)
    at(DURING)
    noor = signed_in(address("Noor Haddad"))
    page = noor.open(f"/awards/{SLUG}/organise/hours")
    page = page.press("Save these hours", **{"Entries close": CLOSES + timedelta(days=7)})
    assert page.notices == ["The hours are saved. Everybody sees them from now on."]
    assert "Open for entries: 31 days left" in noor.open(f"/awards/{SLUG}").text


def test_change_hours_keeps_what_was_typed(app, signed_in, at):
    """Wrong dates and refusals stand beside their field, nothing is lost, nothing is saved."""
    ready(app)
    at(DURING)
    noor = signed_in(address("Noor Haddad"))
    page = noor.open(f"/awards/{SLUG}/organise/hours")
    wrong = page.press(
        "Save these hours", **{"Entries close": "31 2 2026 5pm", "Judging ends": "1 5 2026 teatime"}
    )
    assert (wrong.status, wrong.errors) == (
        422,
        ["Enter a real date, like 8 10 2026", "Enter a time, like 9am or 6.30pm"],
    )
    refused = page.press(
        "Save these hours", **{"Entries close": "1 5 2026 5pm", "Judging ends": JUDGING_CLOSES}
    )
    assert (refused.status, refused.errors) == (
        422,
        ["Choose a moment in the future for the hour when entries close"],
    )
    empty = page.press("Save these hours", **{"Entries close": ""})
    assert (empty.status, empty.errors) == (422, ["Enter when entries close"])
    assert "Open for entries: 24 days left" in noor.open(f"/awards/{SLUG}").text


@pytest.mark.parametrize("name", ["Priya Nair", "Rosa Bell"])
def test_change_hours_is_not_there_for_others(app, signed_in, at, name):
    """Theirs is not there for them, as if it did not exist."""
    ready(app)
    at(DURING)
    assert signed_in(address(name)).open(f"/awards/{SLUG}/organise/hours").status == 404
