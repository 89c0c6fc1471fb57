"""The organiser's entries, ranking and decisions as they see them, and nobody else."""

from __future__ import annotations

import csv
import io

import pytest
from sqlalchemy import select

from backstage.history.models import History
from base.database import db
from tests.awards.outcomes.deciding import decide, tell
from tests.awards.panel import JUDGES, JUDGING, add_panel, give, judge, judged_season
from tests.awards.season import (
    CLOSES,
    DURING,
    MOMENT,
    SHORTLIST,
    SLUG,
    WINNERS,
    address,
    make_entry,
    ready,
)

ORGANISE = f"/awards/{SLUG}/organise"
RANKING = f"{ORGANISE}/ranking/wellbeing"


@pytest.fixture
def noor(signed_in):
    """The organiser's browser."""
    return lambda: signed_in(address("Noor Haddad"), "Noor Haddad")


def test_list_entries_filters_and_sorts(app, at, noor):
    first, second, third = judged_season(app, marks=((1, 1), (3, 3), (2, 2)))
    other = make_entry(app, category="partnership", title="A forum", submitted_at=DURING)
    draft = make_entry(app, title="A draft")
    decide(app, second, "winner")
    at(JUDGING)
    page = noor().open(f"{ORGANISE}/entries")
    rows = {row["Reference"]: row for row in page.table("Entries")}
    assert set(rows) == {first, second, third, other, draft}
    assert rows[second] == {
        "Reference": second,
        "Entry": "Work 2",
        "Organisation": "CPFT",
        "Category": "Mental Health Workforce Wellbeing",
        "Reads": "2 of 2",
        "Mark": "100.0",
        "State": "Winner",
    }
    assert (rows[draft]["Mark"], rows[draft]["State"]) == ("", "Draft")
    page = page.follow("Sort by mark")
    assert [row["Mark"] for row in page.table("Entries")] == ["100.0", "50.0", "0.0", "", ""]
    page = page.press("Show these", Category="Mental Health Workforce Wellbeing", State="Sent in")
    assert [row["Reference"] for row in page.table("Entries")] == [second, third, first]
    page = page.press("Show these", Category="Partnership Working", State="All")
    assert [row["Reference"] for row in page.table("Entries")] == [other]
    assert page.browser.open(f"{ORGANISE}/entries?sort=rubbish&state=x&category=y").status == 200


def test_the_list_as_a_file_is_what_was_found(app, at, noor):
    """In its order; who took it is noted."""
    first, second, third = judged_season(app, marks=((1, 1), (3, 3), (2, 2)))
    make_entry(app, title="=1+1", category="partnership", submitted_at=DURING)
    at(JUDGING)
    page = noor().open(f"{ORGANISE}/entries?sort=mark&words=work&category=wellbeing")
    assert "3 entries with “work”" in page.text
    made = page.press("Download as a file (CSV)")
    assert (made.status, made.content_type) == (200, "text/csv")
    columns, *rows = csv.reader(io.StringIO(made.body.decode("utf-8-sig"), newline=""))
    assert (columns[0], columns[-1]) == ("Reference", "Outcome")
    assert [(row[0], row[7]) for row in rows] == [(second, "100.0"), (third, "50.0"), (first, "0.0")]
    everything = noor().open(f"{ORGANISE}/entries").press("Download as a file (CSV)")
    assert "'=1+1" in everything.body.decode()
    with app.app_context():
        taken = select(History).where(History.what == "outcomes.export_entries").order_by(History.id)
        assert [line.changes for line in db.session.scalars(taken)] == [
            {"rows": [None, 3]},
            {"rows": [None, 4]},
        ]


def test_view_entry_shows_scores_comments_and_answers(app, at, noor):
    ready(app)
    reference = make_entry(app, title="Zokens", submitted_at=DURING)
    add_panel(app, judges=JUDGES[:2])
    for name in ("Maya Collins", "Beth Lloyd"):
        give(app, name, reference)
    judge(app, "Beth Lloyd", reference, {"ambition": 3, "outcome": 2}, "Their own idea")
    judge(app, "Maya Collins", reference, {"ambition": 1}, finish=False)
    at(JUDGING)
    page = noor().open(f"{ORGANISE}/entries/{reference}")
    assert page.h1 == f"{reference} Zokens"
    assert page.table("Scores by judge") == [
        {
            "Judge": "Beth Lloyd Lived experience",
            "Ambition": "3",
            "Outcome ×2": "2",
            "Mark": "66.7",
            "State": "Read",
        },
        {"Judge": "Maya Collins", "Ambition": "1", "Outcome ×2": "", "Mark": "", "State": "Being read"},
    ]
    assert "Mark 66.7 Reads finished 1 of 2" in page.text
    assert "Their own idea" in page.text
    assert "It helped 31 teams." in page.text


def test_rank_category_says_ties_and_what_is_missing(app, at, noor):
    judged_season(app, marks=((2, 2), (3, 3), (2, 2)))
    fourth = make_entry(app, title="Work 4", submitted_at=DURING)
    give(app, "Beth Lloyd", fourth)
    at(JUDGING)
    page = noor().open(RANKING)
    rows = page.table("Ranking")
    assert [(row["Place"], row["Entry"], row["Mark"], row["Reads"]) for row in rows[:1]] == [
        ("1", "Work 2 CPFT", "100.0", "2")
    ]
    assert {(row["Place"], row["Entry"], row["Mark"]) for row in rows[1:3]} == {
        ("2= shared", "Work 1 CPFT", "50.0"),
        ("2= shared", "Work 3 CPFT", "50.0"),
    }
    assert (rows[3]["Place"], rows[3]["Mark"], rows[3]["Reads"]) == ("None", "", "0 + 1 open")
    assert "1 read is not finished and not counted here." in page.text
    assert "1 entry has no finished read at all." in page.text


def test_decide_outcome_asks_for_a_reason_and_comes_back_to_the_ranking(app, at, noor):
    judged_season(app)
    at(JUDGING)
    page = noor().open(RANKING).follow("Decide about Work 1")
    page = page.press("Save this decision", Winner=True)
    assert (page.status, page.errors) == (422, ["Say why in a sentence. It is kept with the decision"])
    page = page.press("Save this decision", **{"Winner": True, "Why?": "Clear of the field"})
    assert page.notices == ["The decision is kept. Nobody outside sees it before its hour."]
    assert page.table("Ranking")[0]["Decision"] == "Winner Change about Work 1"
    page = page.follow("Decide about Work 2").press(
        "Save this decision", **{"Winner": True, "Why?": "As good"}
    )
    assert page.errors == ["Work 1 won this category already. Tick joint winners if both win"]
    page = page.press(
        "Save this decision",
        **{"Winner": True, "Joint winners: more than one entry wins this category": True},
    )
    assert page.status == 200
    page = page.browser.open(f"{ORGANISE}/ranking")
    assert page.table("Decisions by category")[0]["Winner"] == "Decided"


def test_decide_outcome_offers_nothing_once_announced(app, at, noor):
    first, _, third = judged_season(app)
    decide(app, first, "winner")
    at(SHORTLIST)
    page = noor().open(f"{ORGANISE}/entries/{third}/outcome")
    assert page.buttons == []
    assert "The shortlist of this category has been announced without this entry." in page.text
    at(WINNERS)
    page = noor().open(f"{ORGANISE}/entries/{first}/outcome")
    assert page.buttons == []
    assert "The winners of this category have been announced. What was said stays." in page.text


def test_decide_outcome_before_the_deadline_offers_nothing(app, at, noor):
    first, *_ = judged_season(app)
    at(CLOSES.replace(day=1))
    page = noor().open(f"{ORGANISE}/entries/{first}/outcome")
    assert page.buttons == []
    assert "Entries are open until Friday 29 May, 5pm. Decide after that." in page.text


def test_set_hours_shows_errors_beside_the_field(app, at, noor):
    judged_season(app)
    at(JUDGING)
    page = noor().open(f"{ORGANISE}/announce")
    assert "Mental Health Workforce Wellbeing. A category without a decision at the hour" in page.text
    page = page.press("Save these hours", **{"The shortlist is announced": "1 6 2026 9am"})
    assert page.status == 422
    assert len(page.errors) == 1
    page = page.press("Save these hours", **{"The shortlist is announced": "9 7 2026 10.30am"})
    assert page.notices == ["The hours are set. Until then nobody outside sees an outcome."]
    assert "Thursday 9 July, 10.30am" in page.text


PATHS = ("entries", "ranking", "ranking/wellbeing", "announce", "entries/{0}", "entries/{0}/outcome")


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("who", ["Priya Nair", "Maya Collins", "Sian Evans"])
def test_entrants_judges_and_strangers_find_nothing(app, at, signed_in, path, who):
    first, *_ = judged_season(app)
    at(JUDGING)
    assert signed_in(address(who)).open(f"{ORGANISE}/{path}".format(first)).status == 404


def test_no_page_or_mail_tells_before_the_hour(app, at, signed_in, client):
    """Whatever page entrants, judges and visitors open, and whatever reasons were given."""
    first, second, third = judged_season(app)
    decide(app, first, "winner")
    decide(app, second, "highly_commended")
    pages = [
        f"/awards/{SLUG}",
        f"/awards/{SLUG}/winners",
        *(f"/entries/{reference}{rest}" for reference in (first, second, third) for rest in ("", "/status")),
        f"/judging/{first}/ambition",
        "/judging",
        "/me",
        "/awards",
    ]
    people = ("Priya Nair", "Maya Collins", "Sian Evans")
    not_yet = {
        SHORTLIST - MOMENT: ("because", "you have won", "is shortlisted", "not shortlisted", "commended"),
        WINNERS - MOMENT: ("because", "you have won", "highly commended"),
    }
    for hour, secrets in not_yet.items():
        at(hour)
        tell(app, hour)
        for browser in (client, *(signed_in(address(name)) for name in people)):
            for path in pages:
                said = browser.open(path).text.lower()
                assert [secret for secret in secrets if secret in said] == [], path


@pytest.mark.parametrize("entries", [1, 4])
def test_shortlist_pages_ask_the_same_few_questions(app, at, noor, count_queries, entries):
    first, *_ = judged_season(app, marks=[(2, 3)] * entries)
    at(JUDGING)
    browser, found = noor(), {}
    for path in PATHS:
        with count_queries() as counted:
            assert browser.open(f"{ORGANISE}/{path}".format(first)).status == 200
        found[path] = counted.count
    assert found == {
        "entries": 9,
        "ranking": 5,
        "ranking/wellbeing": 12,
        "announce": 4,
        "entries/{0}": 13,
        "entries/{0}/outcome": 11,
    }
