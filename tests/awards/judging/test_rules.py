"""What the rules of judging say yes and no to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from awards.judging import rules
from awards.judging.rules import Step
from awards.schemes.rules import Hours
from base.errors import Refusal

OPEN = datetime(2026, 3, 2, 9, tzinfo=UTC)
CLOSE = datetime(2026, 5, 29, 16, tzinfo=UTC)
END = datetime(2026, 6, 26, 16, tzinfo=UTC)
SHORTLIST = datetime(2026, 7, 8, 9, tzinfo=UTC)
HOURS = Hours(OPEN, CLOSE, END, SHORTLIST)
MOMENT = timedelta(microseconds=1)

EARLY = Refusal("Entries are open until Friday 29 May, 5pm. Judging begins after that")
LATE = Refusal("Judging closed on Friday 26 June, 5pm. What you wrote is kept as it is")
GIVEN_UP = Refusal("You have stepped back from this entry")
DECLARE_FIRST = Refusal("Say first whether you have a conflict with this entry")
CHOOSE = Refusal("Choose one of the points of the scale", "value")


@pytest.mark.parametrize(
    ("hours", "now", "why_not"),
    [
        (HOURS, CLOSE - MOMENT, EARLY),
        (HOURS, CLOSE, None),
        (HOURS, END - MOMENT, None),
        (HOURS, END, LATE),
        (HOURS, SHORTLIST, LATE),
        (Hours(OPEN, CLOSE, None, SHORTLIST), END, None),
        (Hours(OPEN, CLOSE, None, END), END - MOMENT, None),
        (Hours(OPEN, CLOSE, None, END), END, LATE),
        (Hours(OPEN, CLOSE), CLOSE - MOMENT, EARLY),
        (Hours(OPEN, CLOSE), SHORTLIST, None),
    ],
)
def test_why_not_judge_keeps_its_hours(hours: Hours, now: datetime, why_not: Refusal | None) -> None:
    """From the hour when entries close until judging ends; without an hour for that it does not end."""
    assert rules.why_not_judge(hours, now) == why_not


STEPPED_BACK = Refusal("You have stepped back from this entry already")
SAY_WHAT = Refusal("Say in a few words what the conflict is", "reason")
SAID_ALREADY = Refusal("You have said already that you have no conflict with this entry")


@pytest.mark.parametrize(
    ("state", "conflict", "reason", "why_not"),
    [
        ("assigned", False, "", None),
        ("assigned", True, "I work there", None),
        ("assigned", True, "  ", SAY_WHAT),
        ("reading", False, "", SAID_ALREADY),
        ("reading", True, "My sister", None),
        ("reading", True, "", SAY_WHAT),
        ("done", False, "", SAID_ALREADY),
        ("done", True, "My sister", None),
        ("recused", False, "", STEPPED_BACK),
        ("recused", True, "My sister", STEPPED_BACK),
        ("recused", True, "", STEPPED_BACK),
    ],
)
def test_why_not_declare(state: str, conflict: bool, reason: str, why_not: Refusal | None) -> None:
    """No conflict is said once, a conflict at any time, with its reason."""
    assert rules.why_not_declare(state, conflict, reason, HOURS, CLOSE) == why_not


@pytest.mark.parametrize(
    ("state", "value", "why_not"),
    [
        ("reading", 1, None),
        ("reading", 3, None),
        ("done", 3, None),
        ("reading", None, None),
        ("done", None, None),
        ("reading", 4, CHOOSE),
        ("reading", 0, CHOOSE),
        ("done", 4, CHOOSE),
        ("assigned", 3, DECLARE_FIRST),
        ("assigned", None, DECLARE_FIRST),
        ("recused", 3, GIVEN_UP),
        ("recused", None, GIVEN_UP),
    ],
)
def test_why_not_score(state: str, value: int | None, why_not: Refusal | None) -> None:
    """A point of the scale or a comment alone, by judges who have declared."""
    assert rules.why_not_score(state, value, {1: "", 2: "", 3: ""}, HOURS, CLOSE) == why_not


@pytest.mark.parametrize(
    ("state", "unscored", "why_not"),
    [
        ("reading", [], None),
        ("reading", ["Ambition"], Refusal("Score ambition first")),
        ("reading", ["Ambition", "Spread"], Refusal("Score ambition and spread first")),
        ("reading", ["Ambition", "Spread", "Outcome"], Refusal("Score ambition, spread and outcome first")),
        ("done", [], Refusal("You have finished this entry already")),
        ("done", ["Ambition"], Refusal("You have finished this entry already")),
        ("assigned", [], DECLARE_FIRST),
        ("assigned", ["Ambition"], DECLARE_FIRST),
        ("recused", [], GIVEN_UP),
    ],
)
def test_why_not_finish(state: str, unscored: list[str], why_not: Refusal | None) -> None:
    """Once, and with a score for every criterion."""
    assert rules.why_not_finish(state, unscored, HOURS, CLOSE) == why_not


@pytest.mark.parametrize(("now", "why_not"), [(CLOSE - MOMENT, EARLY), (END, LATE)])
def test_nothing_is_written_outside_the_hours(now: datetime, why_not: Refusal) -> None:
    """Whatever a judge would do otherwise."""
    assert rules.why_not_declare("assigned", False, "", HOURS, now) == why_not
    assert rules.why_not_declare("reading", True, "My sister", HOURS, now) == why_not
    assert rules.why_not_score("reading", 3, {3}, HOURS, now) == why_not
    assert rules.why_not_finish("reading", [], HOURS, now) == why_not


@pytest.mark.parametrize(
    ("unread", "words"),
    [
        (0, ""),
        (1, "7 minutes"),
        (17, "119 minutes"),
        (18, "2 hours"),
        (21, "2 hours"),
        (22, "3 hours"),
        (100, "12 hours"),
    ],
)
def test_time_left(unread: int, words: str) -> None:
    """Seven minutes each; whole hours from two on."""
    assert rules.time_left(unread) == words


@pytest.mark.parametrize(
    ("key", "step"),
    [
        ("ambition", Step(1, 4, None, "spread")),
        ("spread", Step(2, 4, "ambition", "outcome")),
        ("outcome", Step(3, 4, "spread", "people")),
        ("people", Step(4, 4, "outcome", None)),
    ],
)
def test_step_of_goes_through_four_criteria(key: str, step: Step) -> None:
    """One by one to each end."""
    assert rules.step_of(["ambition", "spread", "outcome", "people"], key) == step


def test_step_of_knows_a_single_criterion_and_no_stranger() -> None:
    """A single one is first and last; one that is not there is an error."""
    assert rules.step_of(["ambition"], "ambition") == Step(1, 1, None, None)
    with pytest.raises(ValueError, match="spread"):
        rules.step_of(["ambition"], "spread")
