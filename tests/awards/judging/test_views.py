"""Panels for organisers and chairs, reading and scoring for judges, as they see them."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from awards.judging.models import Score
from base.database import db
from tests.awards.panel import JUDGES, JUDGING, add_panel, give, hand_out, judge, reads_in
from tests.awards.season import CLOSES, DURING, JUDGING_CLOSES, SLUG, address, make_entry, ready


def token_of(page):
    """The token that the forms of a page carry."""
    return page.tree.xpath('//input[@name="csrf_token"]/@value')[0]


PANEL = f"/awards/{SLUG}/organise/panels/wellbeing"


@pytest.fixture
def house(app, at):
    """Two entries of CPFT and one of Combined, and a panel of four."""
    ready(app)
    references = [
        make_entry(app, title="Zokens", submitted_at=DURING),
        make_entry(app, title="Wearing 2 Hats", submitted_at=DURING),
        make_entry(
            app,
            title="Learning together",
            organisation="combined",
            writers=["Sian Evans"],
            submitted_at=DURING,
        ),
    ]
    add_panel(app)
    at(JUDGING)
    return references


@pytest.fixture
def noor(signed_in):
    """The organiser's browser."""
    return lambda: signed_in(address("Noor Haddad"), "Noor Haddad")


@pytest.fixture
def beth(signed_in):
    """The judge's browser."""
    return lambda: signed_in(address("Beth Lloyd"), "Beth Lloyd")


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


def test_add_judge_and_remove_them_again(app, house, noor):
    page = noor().open(f"{PANEL}/add")
    page = page.press("Add and invite", **{"Email address": "not an address"})
    assert (page.status, page.errors) == (
        422,
        ["Enter an email address in the correct format, like name@example.org"],
    )
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
    row = next(row for row in page.table("Judges") if row["Name"].startswith("Huw Price"))
    assert (row["Organisation"], row["Role"]) == ("Combined", "Lived experience")
    page = page.browser.open(page.links["Remove Huw Price"]).press("Take off the panel")
    assert page.notices == ["Huw Price is no longer on the panel."]
    assert len(page.table("Judges")) == 4


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


def test_assign_reads_keeps_ticks_when_a_forged_pair_is_refused(app, house, noor):
    page = noor().open(f"{PANEL}/reads")
    from awards.entries.models import Entry
    from awards.judging.models import Judge
    from tests.awards.season import meet

    with app.app_context():
        entry = db.session.scalars(select(Entry.id).where(Entry.reference == house[0])).one()
        dilys = db.session.scalars(select(Judge.id).where(Judge.person_id == meet("Dilys Morgan").id)).one()
        db.session.commit()
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
    assert page.browser.open(f"{PANEL}/reads").buttons == []


def test_a_judge_reads_one_entry_from_the_list_to_the_end(app, house, beth):
    """The list, the question about a conflict, both criteria, the scores, and done."""
    give(app, "Beth Lloyd", house[1])
    page = beth().open("/judging")
    assert page.h1 == "What you have to read"
    assert "0 of 1 read, about 7 minutes left" in page.text
    assert "Friday 26 June, 5pm: 21 days left" in page.text
    page = page.follow("Read Wearing 2 Hats")
    assert page.h1 == f"{house[1]} Do you have a conflict with Wearing 2 Hats?"
    assert "We built it." not in page.text
    page = page.press("Continue")
    assert page.errors == ["Say whether you have a conflict"]
    page = page.press("Continue", **{"No, I can read it": True})
    assert (page.h1, page.url) == ("Wearing 2 Hats", f"/judging/{house[1]}/ambition")
    assert "We built it." in page.text
    assert "It helped 31 teams." not in page.text
    page = page.press("Next: outcome")
    assert (page.status, page.errors) == (422, ["Choose a score"])
    page = page.press(
        "Next: outcome", **{"3 Outstanding": True, "Why? What is strong, what would help?": "Their own idea"}
    )
    assert page.url == f"/judging/{house[1]}/outcome"
    assert "It helped 31 teams." in page.text
    page = page.press("Next: all your scores", **{"2 Good evidence": True})
    assert page.h1 == "Mental Health Workforce Wellbeing Your scores for Wearing 2 Hats"
    page = page.follow("Change Ambition").press("Save, back to all scores", **{"1 Little evidence": True})
    assert "1 Little evidence Their own idea" in page.text
    page = page.press("Finish this entry")
    assert page.notices == ["You have finished Wearing 2 Hats. Its scores count now."]
    assert "All 1 read. Thank you" in page.text
    assert reads_in(app) == [("Beth Lloyd", house[1], "done")]


def test_a_judge_with_a_conflict_never_sees_the_entry(app, house, beth):
    give(app, "Beth Lloyd", house[0])
    browser = beth()
    for path in (
        f"/judging/{house[0]}/ambition",
        f"/judging/whole/{house[0]}",
        f"/judging/finish/{house[0]}",
    ):
        page = browser.open(path)
        assert page.url == f"/judging/conflict/{house[0]}"
        assert "We built it." not in page.text
    page = page.press("Continue", **{"Yes, somebody else should read it": True})
    assert page.errors == ["Say in a few words what the conflict is"]
    page = page.press(
        "Continue",
        **{"Yes, somebody else should read it": True, "If yes: what is it?": "My sister works there"},
    )
    assert page.notices == ["Thank you for saying so. Somebody else will read it."]
    assert browser.open(f"/judging/{house[0]}").status == 404
    assert browser.open(f"/judging/conflict/{house[0]}").status == 404


def test_a_conflict_noticed_later_takes_the_read_away(app, house, beth):
    give(app, "Beth Lloyd", house[0])
    judge(app, "Beth Lloyd", house[0], {"ambition": 3}, finish=False)
    page = beth().open(f"/judging/{house[0]}/ambition").follow("I have noticed a conflict")
    page = page.press("Step back from this entry", **{"What is it?": "I know them after all"})
    assert page.url == "/judging"
    assert reads_in(app) == [("Beth Lloyd", house[0], "recused")]


def test_read_entry_shows_all_answers(app, house, beth):
    give(app, "Beth Lloyd", house[0])
    judge(app, "Beth Lloyd", house[0], {}, finish=False)
    page = beth().open(f"/judging/whole/{house[0]}")
    assert page.h1 == "Zokens"
    for words in ("A live tool.", "We built it.", "It helped 31 teams."):
        assert words in page.text


def test_autosave_keeps_a_comment_without_a_score(app, house, beth):
    give(app, "Beth Lloyd", house[0])
    judge(app, "Beth Lloyd", house[0], {}, finish=False)
    page = beth().open(f"/judging/{house[0]}/ambition")
    answer = page.browser.client.post(
        page.url,
        data={"csrf_token": token_of(page), "comment": "Half a thought"},
        headers={"X-Autosave": "1"},
    )
    assert (answer.status_code, answer.json["fields"]) == (200, {})
    long = page.browser.client.post(
        page.url, data={"csrf_token": token_of(page), "comment": "word " * 151}, headers={"X-Autosave": "1"}
    )
    assert (long.status_code, long.json) == (
        422,
        {"message": "Not saved. Shorten this by 1 word: the limit is 150 words."},
    )
    with app.app_context():
        assert db.session.execute(select(Score.value, Score.comment)).all() == [(None, "Half a thought")]
    assert "Half a thought" in page.browser.open(page.url).values()["Why? What is strong, what would help?"]


def test_after_closing_the_judge_reads_only(app, house, beth, at):
    give(app, "Beth Lloyd", house[0])
    judge(app, "Beth Lloyd", house[0], {"ambition": 3, "outcome": 1}, "Good")
    browser = beth()
    page = browser.open(f"/judging/{house[0]}/ambition")
    at(JUDGING_CLOSES)
    late = page.press("Next: outcome", **{"1 Little evidence": True})
    assert (late.status, late.errors) == (
        422,
        ["Judging closed on Friday 26 June, 5pm. What you wrote is kept as it is"],
    )
    page = browser.open(f"/judging/{house[0]}/ambition")
    assert page.buttons == []
    assert "3 Outstanding" in page.text
    with app.app_context():
        assert set(db.session.scalars(select(Score.value))) == {1, 3}


def test_a_judge_sees_nobody_elses_scores(app, house, beth):
    """Maya has scored and commented; nothing of it is on any page that Beth can open."""
    for name in ("Maya Collins", "Beth Lloyd"):
        give(app, name, house[0])
    judge(app, "Maya Collins", house[0], {"ambition": 1, "outcome": 1}, "A secret of Maya's")
    judge(app, "Beth Lloyd", house[0], {}, finish=False)
    browser = beth()
    for path in (
        "/judging",
        f"/judging/{house[0]}/ambition",
        f"/judging/whole/{house[0]}",
        f"/judging/finish/{house[0]}",
    ):
        page = browser.open(path)
        assert page.status == 200
        assert "secret" not in page.text
        assert "Maya" not in page.text


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


@pytest.mark.parametrize(
    "path",
    [
        "/judging",
        "/judging/{0}",
        "/judging/{0}/ambition",
        "/judging/whole/{0}",
        "/judging/conflict/{0}",
        PANEL,
    ],
)
def test_strangers_find_nothing(app, house, signed_in, path):
    """A writer of the entry and a judge of another entry see neither reads nor panels."""
    give(app, "Beth Lloyd", house[0])
    assert signed_in(address("Priya Nair")).open(path.format(house[0])).status == 404
    if path not in ("/judging",):
        assert signed_in(address("Maya Collins")).open(path.format(house[0])).status == 404


def test_score_entry_with_a_criterion_that_is_not_there(app, house, beth):
    give(app, "Beth Lloyd", house[0])
    judge(app, "Beth Lloyd", house[0], {}, finish=False)
    assert beth().open(f"/judging/{house[0]}/spread").status == 404


@pytest.mark.parametrize(("entries", "judges"), [(1, 2), (5, 4)])
def test_judging_pages_ask_the_same_few_questions(app, at, signed_in, count_queries, entries, judges):
    """The numbers do not grow with entries, reads or judges."""
    ready(app)
    at(DURING)
    references = [make_entry(app, title=f"Work {number}", submitted_at=DURING) for number in range(entries)]
    add_panel(app, judges=JUDGES[:judges])
    at(JUDGING)
    hand_out(app)
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
        f"{PANEL}/reads": 11,
        f"{PANEL}/evenly": 11,
    }
