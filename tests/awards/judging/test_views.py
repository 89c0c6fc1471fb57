"""Reading and scoring as judges see it."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from awards.judging.models import Score
from base.database import db
from tests.awards.panel import give, judge, reads_in, token_of
from tests.awards.season import JUDGING_CLOSES, SLUG, address

PANEL = f"/awards/{SLUG}/organise/panels/wellbeing"


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
