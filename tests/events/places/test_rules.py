"""Choosing workshops: never two at a time."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.places import rules
from tests.events.made import visible
from tests.events.symphony import at

spans = st.lists(
    st.tuples(st.integers(9, 16), st.integers(1, 3)).map(lambda span: (f"{span[0]}:00", f"{sum(span)}:00")),
    max_size=7,
).map(lambda pairs: [visible(number, *pair) for number, pair in enumerate(pairs, 1)])


@pytest.mark.parametrize(
    ("one", "other", "same_time"),
    [
        (("9:00", "10:00"), ("10:00", "11:00"), False),
        (("9:00", "10:01"), ("10:00", "11:00"), True),
        (("9:00", "12:00"), ("10:00", "11:00"), True),
        (("9:00", "10:00"), ("9:00", "10:00"), True),
    ],
)
def test_overlap(one, other, same_time):
    first, second = visible(1, *one), visible(2, *other)
    assert rules.overlap(first, second) == rules.overlap(second, first) == same_time


@given(spans)
def test_clash_finds_one_where_there_is_one(sessions):
    found = rules.clash(sessions)
    there = any(rules.overlap(a, b) for a in sessions for b in sessions if a.session_id < b.session_id)
    assert (found is not None) == there
    assert found is None or rules.overlap(*found)


@given(spans)
def test_by_time_parts_what_never_clashes(sessions):
    groups = rules.by_time(sessions)
    assert sorted(one.session_id for group in groups for one in group) == [one.session_id for one in sessions]
    for earlier, later in pairwise(groups):
        assert not any(rules.overlap(a, b) for a in earlier for b in later)


@pytest.mark.parametrize(
    ("chosen", "held", "why"),
    [
        ([], [], None),
        ([1], [], None),
        ([1, 3], [], None),
        ([1, 2], [], "“Session 1” and “Session 2” are at the same time. Choose one of them"),
        (
            [9],
            [],
            "One of the workshops that you chose is no longer there, or has begun. Look at the list again",
        ),
        ([9], [9], None),
    ],
)
def test_why_not_choose(chosen, held, why):
    offered = [visible(1, "9:00", "10:00"), visible(2, "9:30", "10:30"), visible(3, "10:00", "11:00")]
    assert rules.why_not_choose(chosen, offered, held) == why


@pytest.mark.parametrize(("starts", "can"), [("8:59", False), ("9:00", False), ("9:01", True)])
def test_bookable_until_it_begins(starts, can):
    assert (rules.bookable([visible(1, starts)], at("9:00")) != []) == can


@pytest.mark.parametrize(
    ("taken", "waiting", "position"), [(0, 0, 0), (9, 0, 0), (10, 0, 1), (10, 4, 5), (9, 4, 5)]
)
def test_would_wait_behind_those_who_wait_even_where_a_place_is_free(taken, waiting, position):
    assert rules.would_wait(visible(taken=taken, waiting=waiting)) == position
