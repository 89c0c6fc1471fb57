"""Ranking, deciding, and what is seen of an outcome at which hour."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from awards.outcomes import rules
from awards.outcomes.rules import UNDECIDED, Deciding
from awards.schemes.rules import Hours
from base.errors import Refusal
from tests.structure.reading import ROOT

OPENS = datetime(2026, 3, 2, 9, tzinfo=UTC)
CLOSES = datetime(2026, 5, 29, 16, tzinfo=UTC)
SHORTLIST = datetime(2026, 7, 8, 9, tzinfo=UTC)
WINNERS = datetime(2026, 10, 8, 20, tzinfo=UTC)
HOURS = Hours(OPENS, CLOSES, None, SHORTLIST, WINNERS)
MOMENT = timedelta(microseconds=1)


@pytest.mark.parametrize("outcome", [*rules.OUTCOMES, None])
@pytest.mark.parametrize(
    ("now", "tells"),
    [
        (SHORTLIST - MOMENT, "nothing"),
        (SHORTLIST, "shortlist"),
        (WINNERS - MOMENT, "shortlist"),
        (WINNERS, "all"),
    ],
)
def test_visible_keeps_the_hours(outcome: str | None, now: datetime, tells: str) -> None:
    expected = {"nothing": None, "shortlist": outcome and "shortlisted", "all": outcome}[tells]
    assert rules.visible(outcome, HOURS, now) == expected


def test_visible_without_hours_is_never() -> None:
    never = Hours(OPENS, CLOSES)
    assert rules.visible("winner", never, WINNERS + timedelta(days=999)) is None
    only_shortlist = Hours(OPENS, CLOSES, None, SHORTLIST)
    assert rules.visible("winner", only_shortlist, WINNERS) == "shortlisted"


BEFORE = SHORTLIST - MOMENT


@pytest.mark.parametrize(
    ("about", "wanted", "reason", "joint", "now", "why"),
    [
        (Deciding(UNDECIDED, "submitted", HOURS), "shortlisted", "Clear", False, BEFORE, None),
        (Deciding(UNDECIDED, "submitted", HOURS), "winner", "Clear", False, BEFORE, None),
        (Deciding("shortlisted", "submitted", HOURS), UNDECIDED, "A mistake", False, BEFORE, None),
        (Deciding("winner", "submitted", HOURS), "highly_commended", "Second look", False, BEFORE, None),
        (
            Deciding(UNDECIDED, "submitted", HOURS),
            "shortlisted",
            " ",
            False,
            BEFORE,
            ("Say why in a sentence. It is kept with the decision", "reason"),
        ),
        (
            Deciding("winner", "submitted", HOURS),
            "winner",
            "Again",
            False,
            BEFORE,
            ("Choose something other than what is decided already", "outcome"),
        ),
        (
            Deciding(UNDECIDED, "submitted", HOURS),
            UNDECIDED,
            "Nothing",
            False,
            BEFORE,
            ("Choose something other than what is decided already", "outcome"),
        ),
        (
            Deciding(UNDECIDED, "draft", HOURS),
            "shortlisted",
            "Clear",
            False,
            BEFORE,
            ("Only entries that were sent in can be decided about", ""),
        ),
        (
            Deciding(UNDECIDED, "withdrawn", HOURS),
            "shortlisted",
            "Clear",
            False,
            BEFORE,
            ("Only entries that were sent in can be decided about", ""),
        ),
        (
            Deciding(UNDECIDED, "submitted", HOURS),
            "shortlisted",
            "Clear",
            False,
            CLOSES - MOMENT,
            ("Entries are open until Friday 29 May, 5pm. Decide after that", ""),
        ),
        # Entries are closed at the hour itself.
        (Deciding(UNDECIDED, "submitted", HOURS), "shortlisted", "Clear", False, CLOSES, None),
        (
            Deciding(UNDECIDED, "submitted", HOURS, ("Zokens",)),
            "winner",
            "Clear",
            False,
            BEFORE,
            ("Zokens won this category already. Tick joint winners if both win", "joint"),
        ),
        (Deciding(UNDECIDED, "submitted", HOURS, ("Zokens",)), "winner", "Equal", True, BEFORE, None),
        (
            Deciding(UNDECIDED, "submitted", HOURS, ("Zokens",)),
            "shortlisted",
            "Good",
            False,
            BEFORE,
            None,
        ),
        (
            Deciding("shortlisted", "submitted", HOURS, ("Zokens", "Hats", "Boxes")),
            "winner",
            "Clear",
            False,
            BEFORE,
            ("Zokens, Hats and Boxes won this category already. Tick joint winners if both win", "joint"),
        ),
        (
            Deciding(UNDECIDED, "submitted", HOURS, shortlist_announced=True),
            "shortlisted",
            "Forgotten",
            False,
            SHORTLIST,
            ("The shortlist of this category has been announced without this entry", ""),
        ),
        (
            Deciding("shortlisted", "submitted", HOURS, shortlist_announced=True),
            UNDECIDED,
            "A mistake",
            False,
            SHORTLIST,
            ("It has been announced as shortlisted, so it stays on the shortlist", "outcome"),
        ),
        (
            Deciding("shortlisted", "submitted", HOURS, shortlist_announced=True),
            "winner",
            "The panel met",
            False,
            SHORTLIST,
            None,
        ),
        (
            Deciding(UNDECIDED, "submitted", HOURS),
            "shortlisted",
            "Late",
            False,
            SHORTLIST,
            None,
        ),
        (
            Deciding("winner", "submitted", HOURS, shortlist_announced=True, winners_announced=True),
            "shortlisted",
            "A mistake",
            False,
            WINNERS,
            ("The winners of this category have been announced. What was said stays", ""),
        ),
    ],
)
def test_why_not_decide(
    about: Deciding,
    wanted: str,
    reason: str,
    joint: bool,
    now: datetime,
    why: tuple[str, str] | None,
) -> None:
    expected = Refusal(*why) if why else None
    assert rules.why_not_decide(about, wanted, reason, joint, now) == expected
    # What would be refused whatever one chose is said instead of the form.
    at_all = expected if expected and not expected.field else None
    assert rules.why_not_decide_at_all(about, now) == at_all


EVERY = (UNDECIDED, *rules.OUTCOMES)


@pytest.mark.parametrize("before", EVERY)
@pytest.mark.parametrize("after", EVERY)
def test_why_not_decide_asks_the_moves(before: str, after: str) -> None:
    """Any may follow any other while nothing is announced; the same again is no decision."""
    why_not = rules.why_not_decide(Deciding(before, "submitted", HOURS), after, "Clear", True, BEFORE)
    same = Refusal("Choose something other than what is decided already", "outcome")
    assert why_not == (same if before == after else None)
    assert (after in rules.MOVES[before]) == (before != after)


@pytest.mark.parametrize("outcome", rules.OUTCOMES)
def test_an_outcome_has_everything_that_is_asked_of_it(outcome: str) -> None:
    """Words, a colour that there is, its certificates among the outcomes, and a letter at each hour."""
    kind = rules.OUTCOMES[outcome]
    assert all((kind.words, kind.is_so, kind.to_writers))
    assert f".tag--{kind.colour}" in (ROOT / "static/css/_pieces.scss").read_text()
    assert set(kind.certificates) <= set(rules.OUTCOMES)
    assert rules.SHORTLISTED in kind.certificates
    for hour in ("shortlist", "winners"):
        letter = rules.letter(hour, outcome, "Zokens {0}")
        assert (ROOT / f"templates/mail/{letter.template}.txt").exists()
        assert "Zokens {0}" in letter.subject


@pytest.mark.parametrize(
    ("hour", "outcome", "template", "subject", "told"),
    [
        ("shortlist", None, "not_shortlisted", "About Zokens: the shortlist", "not shortlisted"),
        ("shortlist", "shortlisted", "shortlisted", "Zokens is shortlisted", "shortlisted"),
        ("shortlist", "highly_commended", "shortlisted", "Zokens is shortlisted", "shortlisted"),
        ("shortlist", "winner", "shortlisted", "Zokens is shortlisted", "shortlisted"),
        ("winners", "shortlisted", "not_winner", "About Zokens: the winners", "shortlisted"),
        ("winners", "highly_commended", "honoured", "Zokens is highly commended", "highly_commended"),
        ("winners", "winner", "winner", "Zokens has won", "winner"),
        # Taken away between asking who is to be told and telling: still no reason to tell nobody.
        ("winners", None, "not_shortlisted", "About Zokens: the shortlist", "not shortlisted"),
    ],
)
def test_letter(hour: str, outcome: str | None, template: str, subject: str, told: str) -> None:
    """At the shortlist's hour all that was decided looks alike."""
    letter = rules.letter(hour, outcome, "Zokens")
    assert (letter.template, letter.subject, letter.told) == (f"outcomes/{template}", subject, told)
