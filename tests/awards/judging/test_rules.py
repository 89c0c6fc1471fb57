"""What the rules of judging say yes and no to, and what a mark is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from awards.judging import rules
from awards.judging.rules import EntryToRead, Reader, Window

CLOSE = datetime(2026, 5, 29, 16, tzinfo=UTC)
END = datetime(2026, 6, 26, 16, tzinfo=UTC)
SHORTLIST = datetime(2026, 7, 8, 9, tzinfo=UTC)
WINDOW = Window(CLOSE, END, SHORTLIST)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("window", "now", "may"),
    [
        (WINDOW, CLOSE - SECOND, False),
        (WINDOW, CLOSE, True),
        (WINDOW, END - SECOND, True),
        (WINDOW, END, False),
        (Window(CLOSE, None, SHORTLIST), END, True),
        (Window(CLOSE, None, SHORTLIST), SHORTLIST, False),
        (Window(CLOSE, None, None), SHORTLIST, True),
    ],
)
def test_why_not_judge_keeps_its_hours(window: Window, now: datetime, may: bool) -> None:
    assert (rules.why_not_judge(window, now) is None) == may


def test_why_not_judge_names_the_hour() -> None:
    assert rules.why_not_judge(WINDOW, CLOSE - SECOND) == (
        "Entries are open until Friday 29 May, 5pm. Judging begins after that"
    )
    assert rules.why_not_judge(WINDOW, END) == (
        "Judging closed on Friday 26 June, 5pm. What you wrote is kept as it is"
    )


@pytest.mark.parametrize(
    ("judges", "entries", "now", "begins"),
    [
        (3, 5, CLOSE, None),
        (3, 5, CLOSE - SECOND, "Entries are open"),
        (3, 5, END, "Judging closed"),
        (0, 5, CLOSE, "This category has no judges"),
        (3, 0, CLOSE, "Nothing was sent in"),
    ],
)
def test_why_not_hand_out(judges: int, entries: int, now: datetime, begins: str | None) -> None:
    why = rules.why_not_hand_out(WINDOW, judges, entries, now)
    assert (why is None and begins is None) or (why or "").startswith(begins or "?")


@pytest.mark.parametrize(
    ("state", "conflict", "reason", "why"),
    [
        ("assigned", False, "", None),
        ("assigned", True, "I work there", None),
        ("assigned", True, "  ", "Say in a few words what the conflict is"),
        ("reading", False, "", "You have said already that you have no conflict with this entry"),
        ("reading", True, "My sister", None),
        ("done", True, "My sister", None),
        ("recused", True, "My sister", "You have stepped back from this entry already"),
    ],
)
def test_why_not_declare(state: str, conflict: bool, reason: str, why: str | None) -> None:
    assert rules.why_not_declare(state, conflict, reason, WINDOW, CLOSE) == why


@pytest.mark.parametrize(
    ("state", "value", "why"),
    [
        ("reading", 3, None),
        ("done", 3, None),
        ("reading", None, None),
        ("reading", 4, "Choose one of the points of the scale"),
        ("reading", 0, "Choose one of the points of the scale"),
        ("assigned", 3, "Say first whether you have a conflict with this entry"),
        ("recused", 3, "You have stepped back from this entry"),
    ],
)
def test_why_not_score(state: str, value: int | None, why: str | None) -> None:
    assert rules.why_not_score(state, value, {1: "", 2: "", 3: ""}, WINDOW, CLOSE) == why


def test_why_not_score_after_closing() -> None:
    assert rules.why_not_score("reading", 3, {3}, WINDOW, END) == rules.why_not_judge(WINDOW, END)


@pytest.mark.parametrize(
    ("state", "unscored", "why"),
    [
        ("reading", [], None),
        ("reading", ["Ambition"], "Score ambition first"),
        ("reading", ["Ambition", "Spread"], "Score ambition and spread first"),
        ("done", [], "You have finished this entry already"),
        ("assigned", [], "Say first whether you have a conflict with this entry"),
    ],
)
def test_why_not_finish(state: str, unscored: list[str], why: str | None) -> None:
    assert rules.why_not_finish(state, unscored, WINDOW, CLOSE) == why


def test_a_recused_judge_moves_no_more() -> None:
    assert rules.MOVES["recused"] == set()
    assert {state for moves in rules.MOVES.values() for state in moves} <= rules.MOVES.keys()


READER = Reader(1, 11, "Beth Lloyd", True, frozenset({5}))
ENTRY = EntryToRead(2, "PPMH-2222", "Zokens", frozenset({7}), frozenset({13}))


@pytest.mark.parametrize(
    ("entry", "recused", "why"),
    [
        (ENTRY, False, None),
        (ENTRY, True, "recused"),
        (EntryToRead(2, "", "", frozenset({7, 5}), frozenset()), False, "organisation"),
        (EntryToRead(2, "", "", frozenset({7}), frozenset({11})), False, "writer"),
        (EntryToRead(2, "", "", frozenset({7}), frozenset(), "beth  LLOYD"), False, "nominee"),
        (EntryToRead(2, "", "", frozenset({7}), frozenset(), "Beth Lloyd-Jones"), False, None),
        (EntryToRead(2, "", "", frozenset({7}), frozenset(), ""), False, None),
    ],
)
def test_barred(entry: EntryToRead, recused: bool, why: str | None) -> None:
    assert rules.barred(READER, entry, recused) == why


def test_before_and_after_know_the_ends() -> None:
    assert rules.before(["a", "b"], "a") is None
    assert rules.before(["a", "b"], "b") == "a"
    assert rules.after(["a", "b"], "a") == "b"
    assert rules.after(["a", "b"], "b") is None
