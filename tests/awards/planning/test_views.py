"""Panels and who reads what as organisers and chairs see them."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from awards.entries.models import Entry
from awards.planning import rules
from base.database import db
from tests.awards.panel import JUDGES, JUDGING, add_panel, assign, give, judge, judge_ids, reads_in, token_of
from tests.awards.season import CLOSES, DURING, SLUG, address, make_entry, ready

PANEL = f"/awards/{SLUG}/organise/panels/wellbeing"


def test_list_panels_shows_every_category(app, house, noor):
    page = noor().open(f"/awards/{SLUG}/organise/panels")
    assert page.h1 == "Positive Practice in Mental Health Awards 2026 Panels"
    assert page.table("Panels by category")[:2] == [
        {
            "Category": "Mental Health Workforce Wellbeing",
            "Judges": "4",
            "Lived experience": "2",
            "Entries": "3",
            "Reads done": "0 of 0",
            "How far": "9 reads to hand out",
        },
        {
            "Category": "Partnership Working",
            "Judges": "0",
            "Lived experience": "0",
            "Entries": "0",
            "Reads done": "0 of 0",
            "How far": "No judges yet",
        },
    ]


def test_remove_judge_takes_who_has_no_reads_off_the_panel(app, house, noor):
    """Who has reads stays: the page says so and has no button."""
    give(app, "Beth Lloyd", house[0])
    page = noor().open(PANEL)
    assert "Remove Beth Lloyd" not in page.links
    page = page.browser.open(page.links["Remove Dilys Morgan"])
    assert page.h1 == "Mental Health Workforce Wellbeing Take Dilys Morgan off the panel?"
    given = page.browser.open(f"{PANEL}/judges/{judge_ids(app)['Beth Lloyd']}/remove")
    assert "They have 1 entry to read. Give those to somebody else first." in given.text
    assert given.buttons == []
    page = page.press("Take off the panel")
    assert page.notices == ["Dilys Morgan is no longer on the panel."]
    assert [row["Name"].rpartition(" ")[0] for row in page.table("Judges")] == [
        "Maya Collins",
        "Beth Lloyd",
        "Carl Osei",
    ]


def test_assign_evenly_previews_and_hands_out(app, house, noor):
    page = noor().open(f"{PANEL}/evenly")
    assert {row["Judge"]: row["Gets"] for row in page.table("Who gets how many")} == {
        "Maya Collins": "3",
        "Beth Lloyd Lived experience": "3",
        "Carl Osei Lived experience": "2",
        "Dilys Morgan": "1",
    }
    assert reads_in(app) == []
    page = page.press("Hand out 9 reads")
    assert page.notices == ["9 reads handed out. The judges have been told by mail."]
    assert len(reads_in(app)) == 9
    page = page.browser.open(f"{PANEL}/evenly")
    assert "Every entry has the reads it can have" in page.text
    assert page.buttons == []


def test_assign_reads_says_why_a_judge_may_not_and_takes_ticks(app, house, noor):
    zokens, hats, learning = house
    page = noor().open(f"{PANEL}/reads")
    rows = {row["Entry"].rpartition(" ")[2]: row for row in page.table("Reads by entry and judge")}
    assert rows[learning]["Carl Osei lived experience"] == "Own organisation"
    assert rows[zokens]["Dilys Morgan"] == "Own organisation"
    page = page.press(
        "Save who reads what",
        **{f"Beth Lloyd reads {hats}": True, f"Maya Collins reads {hats}": True},
    )
    assert page.notices == ["2 reads handed out, 0 taken back."]
    page = page.press("Save who reads what", **{f"Maya Collins reads {hats}": False})
    assert page.notices == ["0 reads handed out, 1 taken back."]
    assert reads_in(app) == [("Beth Lloyd", hats, "assigned")]


def test_who_reads_what_shows_a_part_and_keeps_the_ticks_of_others(app, house, noor, monkeypatch):
    """One entry at a time beside four judges, two beside one; saving touches only what is shown."""
    monkeypatch.setattr(rules, "MOST_BOXES", 4)
    monkeypatch.setattr(rules, "MOST_ENTRIES", 2)
    first, second, third = sorted(house)
    for name in ("Beth Lloyd", "Maya Collins"):
        give(app, name, third)
    page = noor().open(f"{PANEL}/reads")
    assert "1 to 1 of 3 entries" in page.text
    assert [row["Entry"].rpartition(" ")[2] for row in page.table("Reads by entry and judge")] == [first]
    page = page.press("Save who reads what", **{f"Maya Collins reads {first}": True})
    assert page.notices == ["1 read handed out, 0 taken back."]
    page = page.follow("Last page of entries")
    assert page.table("Reads by entry and judge")[0]["Reads"] == "2 of 3"
    page = page.press("Save who reads what", **{f"Beth Lloyd reads {third}": False})
    assert (page.notices, "3 to 3 of 3 entries" in page.text) == (["0 reads handed out, 1 taken back."], True)
    page = page.press("Show these", Judge="Maya Collins")
    assert list(page.table("Reads by entry and judge")[0]) == ["Entry", "Reads", "Maya Collins"]
    assert "1 to 2 of 3 entries" in page.text
    page = page.press("Save who reads what", **{f"Maya Collins reads {second}": True})
    assert page.notices == ["1 read handed out, 0 taken back."]
    assert sorted(reads_in(app)) == [
        ("Maya Collins", reference, "assigned") for reference in (first, second, third)
    ]


def test_who_reads_what_finds_entries_and_those_that_lack_reads(app, house, noor):
    for name in ("Beth Lloyd", "Maya Collins", "Carl Osei", "Dilys Morgan"):
        if name != "Dilys Morgan":
            give(app, name, house[1])
    page = noor().open(f"{PANEL}/reads").press("Show these", **{"Entry or reference": house[1]})
    assert len(page.table("Reads by entry and judge")) == 1
    lacking = page.press("Show these", **{"Entry or reference": "", "Entries": "With reads lacking"})
    assert [row["Reads"] for row in lacking.table("Reads by entry and judge")] == ["0 of 3", "0 of 3"]
    nothing = noor().open(f"{PANEL}/reads?words=zebra&judge=0&reads=rubbish&page={'9' * 20}")
    assert "No entry by these words" in nothing.text


def test_assign_reads_keeps_ticks_when_a_forged_pair_is_refused(app, house, noor):
    page = noor().open(f"{PANEL}/reads")
    dilys = judge_ids(app)["Dilys Morgan"]
    with app.app_context():
        entry = db.session.scalars(select(Entry.id).where(Entry.reference == house[0])).one()
    sent = page.browser.send(
        f"{PANEL}/reads",
        {"csrf_token": token_of(page), "reads": [f"{dilys}-{entry}", "rubbish"], "shown": ""},
    )
    assert sent.status == 422
    assert sent.errors == [
        f"Dilys Morgan may not read {house[0]}: Dilys Morgan works for an organisation in it"
    ]
    assert reads_in(app) == []


def test_handing_out_before_the_deadline_is_said_not_offered(app, house, noor, at):
    at(CLOSES.replace(day=1))
    page = noor().open(PANEL)
    assert "Entries are open until Friday 29 May, 5pm. Hand out the reads after that." in page.text
    assert "Hand out the reads evenly" not in page.links
    assert page.browser.open(f"{PANEL}/reads").buttons == ["Show these"]


def test_the_chair_sees_how_far_the_panel_is_and_no_scores(app, house, signed_in):
    give(app, "Beth Lloyd", house[0])
    judge(app, "Beth Lloyd", house[0], {"ambition": 1, "outcome": 1}, "A secret of Beth's")
    maya = signed_in(address("Maya Collins"))
    page = maya.open("/judging").follow("How far the panel for Mental Health Workforce Wellbeing is")
    assert page.table("Judges and their reads")[1] == {
        "Judge": "Beth Lloyd",
        "Done": "1",
        "Left": "0",
        "Stepped back": "0",
    }
    assert "secret" not in page.text
    assert maya.open(f"/judging/panels/{SLUG}/partnership").status == 404
    assert signed_in(address("Beth Lloyd")).open(f"/judging/panels/{SLUG}/wellbeing").status == 404


@pytest.mark.parametrize(("entries", "judges"), [(1, 2), (5, 4)])
def test_judging_pages_ask_the_same_few_questions(app, at, signed_in, count_queries, entries, judges):
    """The numbers do not grow with entries, reads or judges."""
    ready(app)
    at(DURING)
    references = [make_entry(app, title=f"Work {number}", submitted_at=DURING) for number in range(entries)]
    add_panel(app, judges=JUDGES[:judges])
    at(JUDGING)
    assign(app)
    for reference in references:
        judge(app, "Beth Lloyd", reference, {"ambition": 3}, finish=False)
    beth, noor = signed_in(address("Beth Lloyd")), signed_in(address("Noor Haddad"))
    found = {}
    for browser, path in (
        (beth, "/judging"),
        (beth, f"/judging/{references[0]}/ambition"),
        (noor, f"/awards/{SLUG}/organise/panels"),
        (noor, PANEL),
        (noor, f"{PANEL}/reads"),
        (noor, f"{PANEL}/evenly"),
    ):
        with count_queries() as counted:
            assert browser.open(path).status == 200
        found[path.replace(references[0], "X")] = counted.count
    assert found == {
        "/judging": 4,
        "/judging/X/ambition": 8,
        f"/awards/{SLUG}/organise/panels": 7,
        PANEL: 6,
        f"{PANEL}/reads": 14,
        f"{PANEL}/evenly": 11,
    }
