"""What a mark is, and the ranking that follows from marks."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awards.marks import rules
from awards.marks.rules import EntryMarks, Ruler


def mark(scores: Mapping[int, int], ruler: Ruler) -> Fraction | None:
    """A mark from scores by criterion, their total as the database sums it up."""
    total = sum(ruler.weights[criterion] * value for criterion, value in scores.items())
    return rules.mark_of(total, len(scores), ruler)


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ({1: 5, 2: 5, 3: 5, 4: 5}, 100),
        ({1: 1, 2: 1, 3: 1, 4: 1}, 0),
        ({1: 3, 2: 3, 3: 3, 4: 3}, 50),
        ({1: 5, 2: 1, 3: 1, 4: 1}, Fraction(100, 6)),
        ({1: 1, 2: 5, 3: 1, 4: 1}, Fraction(200, 6)),
        ({1: 5, 2: 5, 3: 5}, None),
        ({}, None),
    ],
)
def test_mark_of_weighs_and_scales(scores: dict[int, int], expected: Fraction | None) -> None:
    """From nothing but the lowest point to nothing but the highest; none while a criterion has no score."""
    assert mark(scores, Ruler({1: 1, 2: 2, 3: 2, 4: 1}, 1, 5)) == expected


@pytest.mark.parametrize("ruler", [Ruler({}, 1, 5), Ruler({1: 1}, 1, 1), Ruler({1: 1}, 5, 1)])
def test_mark_of_without_criteria_or_scale_is_none(ruler: Ruler) -> None:
    """There is nothing to measure with."""
    assert mark(dict.fromkeys(ruler.weights, 1), ruler) is None


def test_mark_of_counts_from_the_lowest_point() -> None:
    """Wherever the scale begins."""
    assert mark({1: 0}, Ruler({1: 3}, 0, 2)) == 0
    assert mark({1: 4}, Ruler({1: 3}, 2, 6)) == 50


WEIGHTS = st.dictionaries(st.integers(1, 9), st.integers(1, 5), min_size=1, max_size=5)


@given(WEIGHTS, st.data())
def test_mark_of_raising_a_score_raises_the_mark(weights: dict[int, int], data: st.DataObject) -> None:
    """And no mark leaves 0 to 100."""
    ruler = Ruler(weights, 1, 5)
    scores = {key: data.draw(st.integers(1, 4)) for key in weights}
    raised = {**scores, data.draw(st.sampled_from(sorted(weights))): 5}
    before, after = mark(scores, ruler), mark(raised, ruler)
    assert before is not None
    assert after is not None
    assert 0 <= before < after <= 100


def test_mean_is_exact() -> None:
    """Of one, of several, of none."""
    third = Fraction(100, 3)
    assert rules.mean([third]) == third
    assert rules.mean([Fraction(10), Fraction(20), Fraction(60)]) == 30
    assert rules.mean([third, third, third]) == third
    assert rules.mean([]) is None


@given(WEIGHTS, st.data())
def test_mean_of_totals_is_the_mean_of_the_marks(weights: dict[int, int], data: st.DataObject) -> None:
    ruler = Ruler(weights, 1, 5)
    reads = data.draw(
        st.lists(st.fixed_dictionaries(dict.fromkeys(weights, st.integers(1, 5))), min_size=1, max_size=4)
    )
    totals = [sum(weights[key] * value for key, value in scores.items()) for scores in reads]
    by_read = [one for one in (mark(scores, ruler) for scores in reads) if one is not None]
    assert rules.mean_of(sum(totals), len(totals), ruler) == rules.mean(by_read)


def test_entry_marks_tell_finished_reads_from_others() -> None:
    """A mark of 0 is one."""
    found = EntryMarks(7, {1: Fraction(0), 2: None, 3: Fraction(50), 4: None})
    assert (found.finished, found.unfinished, found.mean) == ((Fraction(0), Fraction(50)), 2, Fraction(25))
    assert (EntryMarks(7).finished, EntryMarks(7).unfinished, EntryMarks(7).mean) == ((), 0, None)


def marks(*given_marks: float | Fraction, entry_id: int = 1, unfinished: int = 0) -> EntryMarks:
    """An entry with these marks, and as many reads again that are not finished."""
    finished: dict[int, Fraction | None] = {number: Fraction(mark) for number, mark in enumerate(given_marks)}
    return EntryMarks(entry_id, finished | dict.fromkeys(range(100, 100 + unfinished)))


def test_ranking_shares_places_and_leaves_the_next_out() -> None:
    ranked = rules.ranking(
        [
            marks(50, entry_id=1),
            marks(90, 70, entry_id=2),
            marks(entry_id=3, unfinished=2),
            marks(80, entry_id=4),
            marks(0, entry_id=5),
            marks(entry_id=6),
            marks(entry_id=7, unfinished=1),
            marks(10, entry_id=8),
        ]
    )
    assert [(one.marks.entry_id, one.rank, one.tied) for one in ranked] == [
        (2, 1, True),
        (4, 1, True),
        (1, 3, False),
        (8, 4, False),
        (5, 5, False),
        # However many have no finished read: that is no tie, and an entry marked 0 stands before them.
        (3, None, False),
        (6, None, False),
        (7, None, False),
    ]


def test_ranking_takes_thirds_for_equal() -> None:
    """A third and a third are the same however they came about: no rounding makes a winner."""
    third = Fraction(100, 3)
    ranked = rules.ranking([marks(third), marks(third, third, third, entry_id=2)])
    assert [(one.rank, one.tied) for one in ranked] == [(1, True), (1, True)]


MARKS = st.lists(st.lists(st.integers(0, 100), max_size=3), min_size=1, max_size=6)


@given(MARKS, st.randoms(use_true_random=False))
def test_ranking_does_not_depend_on_the_order(given_marks: list[list[int]], random: st.DataObject) -> None:
    entries = [marks(*one, entry_id=number) for number, one in enumerate(given_marks)]
    places = {one.marks.entry_id: one.rank for one in rules.ranking(entries)}
    random.shuffle(entries)  # type: ignore[attr-defined]
    assert {one.marks.entry_id: one.rank for one in rules.ranking(entries)} == places


@given(MARKS, st.integers(0, 5), st.integers(1, 50))
def test_ranking_raises_who_is_marked_higher(given_marks: list[list[int]], which: int, by: int) -> None:
    entries = [marks(*one, entry_id=number) for number, one in enumerate(given_marks)]
    which %= len(entries)
    raised = [
        marks(*[mark + by for mark in one], entry_id=number) if number == which else entries[number]
        for number, one in enumerate(given_marks)
    ]
    before = {one.marks.entry_id: one.rank for one in rules.ranking(entries)}[which]
    after = {one.marks.entry_id: one.rank for one in rules.ranking(raised)}[which]
    assert (before is None) == (after is None)
    assert after is None or after <= (before or 0)


def tied(entries: int, place: int) -> str:
    """What is said of a tie across the line of a shortlist of two."""
    return f"{entries} entries share place {place}, so the first 2 are not clear"


def uneven(most: int) -> str:
    """What is said where entries have unlike numbers of finished reads."""
    return f"Entries have 1 to {most} finished reads: compare with care"


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ([marks(90, 80), marks(70, 60)], []),
        ([marks(90, unfinished=1)], ["1 read is not finished and not counted here"]),
        (
            [marks(90), marks(unfinished=2)],
            ["2 reads are not finished and not counted here", "1 entry has no finished read at all"],
        ),
        ([marks(90), marks(80), marks(80)], [tied(2, 2)]),
        ([marks(90, 90), marks(80)], [uneven(2)]),
        # More entries than the list holds are no tie where the line between them is clear.
        ([marks(90), marks(80), marks(70)], []),
        (
            [marks(90), marks(80), marks(80), marks(80)],
            [tied(3, 2)],
        ),
        ([marks(80), marks(80), marks(80)], [tied(3, 1)]),
        ([marks(90), marks(90), marks(80)], []),
        ([marks(90), marks(80), marks(70), marks(70)], []),
        ([marks(80), marks(80)], []),
        # Those without a finished read are not in the line.
        (
            [marks(90), marks(80), marks(), marks()],
            ["2 entries have no finished read at all"],
        ),
        (
            [marks(90, 90, 90), marks(80), marks(70, 70)],
            [uneven(3)],
        ),
    ],
)
def test_why_careful(entries: list[EntryMarks], said: list[str]) -> None:
    assert rules.why_careful(rules.ranking(entries), 2) == said


def test_said_is_one_decimal() -> None:
    assert (rules.said(Fraction(200, 3)), rules.said(None)) == ("66.7", "")
