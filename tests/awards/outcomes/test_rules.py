"""Ranking, deciding, and what is seen of an outcome at which hour."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awards.outcomes import rules
from awards.outcomes.rules import Deciding, EntryMarks
from awards.schemes.rules import Hours

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
        (Deciding("", "submitted", HOURS), "shortlisted", "Clear", False, BEFORE, None),
        (Deciding("", "submitted", HOURS), "winner", "Clear", False, BEFORE, None),
        (Deciding("shortlisted", "submitted", HOURS), "", "A mistake", False, BEFORE, None),
        (Deciding("winner", "submitted", HOURS), "highly_commended", "Second look", False, BEFORE, None),
        (
            Deciding("", "submitted", HOURS),
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
            Deciding("", "submitted", HOURS),
            "",
            "Nothing",
            False,
            BEFORE,
            ("Choose something other than what is decided already", "outcome"),
        ),
        (
            Deciding("", "draft", HOURS),
            "shortlisted",
            "Clear",
            False,
            BEFORE,
            ("Only entries that were sent in can be decided about", ""),
        ),
        (
            Deciding("", "withdrawn", HOURS),
            "shortlisted",
            "Clear",
            False,
            BEFORE,
            ("Only entries that were sent in can be decided about", ""),
        ),
        (
            Deciding("", "submitted", HOURS),
            "shortlisted",
            "Clear",
            False,
            CLOSES - MOMENT,
            ("Entries are open until Friday 29 May, 5pm. Decide after that", ""),
        ),
        (
            Deciding("", "submitted", HOURS, ("Zokens",)),
            "winner",
            "Clear",
            False,
            BEFORE,
            ("Zokens won this category already. Tick joint winners if both win", "joint"),
        ),
        (Deciding("", "submitted", HOURS, ("Zokens",)), "winner", "Equal", True, BEFORE, None),
        (
            Deciding("", "submitted", HOURS, shortlist_announced=True),
            "shortlisted",
            "Forgotten",
            False,
            SHORTLIST,
            ("The shortlist of this category has been announced without this entry", ""),
        ),
        (
            Deciding("shortlisted", "submitted", HOURS, shortlist_announced=True),
            "",
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
        (Deciding("", "submitted", HOURS), "shortlisted", "Decided late", False, SHORTLIST, None),
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
    assert rules.why_not_decide(about, wanted, reason, joint, now) == why


def marks(*given_marks: float, entry_id: int = 1, unfinished: int = 0) -> EntryMarks:
    """An entry with these marks."""
    return EntryMarks(entry_id, tuple(Fraction(mark) for mark in given_marks), unfinished)


def test_rank_shares_places_and_leaves_the_next_out() -> None:
    ranked = rules.rank(
        [
            marks(50, entry_id=1),
            marks(90, 70, entry_id=2),
            marks(entry_id=3, unfinished=2),
            marks(80, entry_id=4),
            marks(0, entry_id=5),
        ]
    )
    assert [(one.marks.entry_id, one.place, one.tied) for one in ranked] == [
        (2, 1, True),
        (4, 1, True),
        (1, 3, False),
        (5, 4, False),
        (3, None, False),
    ]


def test_rank_takes_thirds_for_equal() -> None:
    """A third and a third are the same however they came about: no rounding makes a winner."""
    third = Fraction(100, 3)
    ranked = rules.rank([EntryMarks(1, (third,)), EntryMarks(2, (third, third, third))])
    assert [(one.place, one.tied) for one in ranked] == [(1, True), (1, True)]


MARKS = st.lists(st.lists(st.integers(0, 100), max_size=3), min_size=1, max_size=6)


@given(MARKS, st.randoms(use_true_random=False))
def test_rank_does_not_depend_on_the_order(given_marks: list[list[int]], random: st.DataObject) -> None:
    entries = [marks(*one, entry_id=number) for number, one in enumerate(given_marks)]
    places = {one.marks.entry_id: one.place for one in rules.rank(entries)}
    random.shuffle(entries)  # type: ignore[attr-defined]
    assert {one.marks.entry_id: one.place for one in rules.rank(entries)} == places


@given(MARKS, st.integers(0, 5), st.integers(1, 50))
def test_rank_raising_a_mark_never_lowers_an_entry(given_marks: list[list[int]], which: int, by: int) -> None:
    entries = [marks(*one, entry_id=number) for number, one in enumerate(given_marks)]
    which %= len(entries)
    raised = [
        marks(*[mark + by for mark in one], entry_id=number) if number == which else entries[number]
        for number, one in enumerate(given_marks)
    ]
    before = {one.marks.entry_id: one.place for one in rules.rank(entries)}[which]
    after = {one.marks.entry_id: one.place for one in rules.rank(raised)}[which]
    assert (before is None) == (after is None)
    assert after is None or after <= (before or 0)


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ([marks(90, 80), marks(70, 60)], []),
        ([marks(90, unfinished=1)], ["1 read is not finished and not counted here"]),
        (
            [marks(90), marks(unfinished=2)],
            ["2 reads are not finished and not counted here", "1 entry has no finished read at all"],
        ),
        ([marks(90), marks(80), marks(80)], ["2 entries share place 2, so the first 2 are not clear"]),
        ([marks(90, 90), marks(80)], ["Entries have 1 to 2 finished reads: compare with care"]),
    ],
)
def test_why_careful(entries: list[EntryMarks], said: list[str]) -> None:
    assert rules.why_careful(rules.rank(entries), 2) == said


def test_said_is_one_decimal() -> None:
    assert (rules.said(Fraction(200, 3)), rules.said(None)) == ("66.7", "")
