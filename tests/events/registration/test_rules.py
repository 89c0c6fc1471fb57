"""When one may register and change, what may be chosen together, and which states follow which."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from base.errors import Refusal
from base.states import may_become
from events.places.rules import Place, Position
from events.registration import rules
from events.registration.rules import CHOICE_MOVES, MOVES
from tests.events.made import EVENT, visible
from tests.events.symphony import at

OVER = "This event is over. You can still see its agenda"
CLOSED = "Registration for this event is closed. Ask the people who run it if you still want to come"
CANCELLED = "This registration was cancelled. Register again if you want to come after all"
NOTHING_LEFT = "This event is over, so there is nothing left to change"
GONE = "One of the workshops that you chose is no longer there, or has begun. Look at the list again"
TWO = "“Session 1” and “Session 2” are at the same time. Choose one of them"


@pytest.mark.parametrize(
    ("now", "open_", "why"),
    [
        ("8:00", True, None),
        ("16:29", True, None),
        ("16:30", True, OVER),
        ("8:00", False, CLOSED),
        ("16:30", False, OVER),
    ],
)
def test_why_not_register(now, open_, why):
    event = replace(EVENT, registration_open=open_)
    assert rules.why_not_register(event, at(now)) == (Refusal(why) if why else None)


@pytest.mark.parametrize(
    ("state", "now", "why"),
    [
        ("placed", "16:29", None),
        ("waiting", "16:29", None),
        ("cancelled", "8:00", CANCELLED),
        ("cancelled", "16:30", CANCELLED),
        ("placed", "16:30", NOTHING_LEFT),
        ("waiting", "16:30", NOTHING_LEFT),
    ],
)
def test_why_not_change(state, now, why):
    assert rules.why_not_change(state, EVENT.ends_at, at(now)) == (Refusal(why) if why else None)


def test_expected_is_what_the_counters_promise():
    full = replace(EVENT, taken=220, waiting=2)
    chosen = [visible(1, taken=9), visible(2, taken=10, waiting=1)]
    workshops = (("Session 1", Place()), ("Session 2", Position(2)))
    assert rules.expected(EVENT, chosen) == rules.Registered(Place(), workshops)
    assert rules.expected(full, []) == rules.Registered(Position(3))


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


def test_clash_names_the_first_two_of_the_day():
    chosen = [
        visible(4, "14:00", "15:00"),
        visible(3, "14:30", "15:30"),
        visible(2, "9:30", "10:30"),
        visible(1, "9:00", "10:00"),
        visible(5, "8:00", "8:30"),
    ]
    found = rules.clash(chosen)
    assert found is not None
    assert [one.session_id for one in found] == [1, 2]


@given(spans)
def test_by_time_parts_what_never_clashes(sessions):
    groups = rules.by_time(sessions)
    assert sorted(one.session_id for group in groups for one in group) == [one.session_id for one in sessions]
    for earlier, later in pairwise(groups):
        assert not any(rules.overlap(a, b) for a in earlier for b in later)


def test_by_time_keeps_a_chain_together():
    chain = [visible(1, "9:00", "11:00"), visible(2, "9:30", "10:00"), visible(3, "10:30", "11:30")]
    later = [visible(4, "11:30", "12:00")]
    groups = rules.by_time([*later, *reversed(chain)])
    assert [[one.session_id for one in group] for group in groups] == [[1, 2, 3], [4]]


@pytest.mark.parametrize(
    ("chosen", "held", "why"),
    [
        ([], [], None),
        ([1], [], None),
        ([1, 3], [], None),
        ([1, 2], [], TWO),
        ([2, 1], [2], TWO),
        ([9], [], GONE),
        ([1, 9], [], GONE),
        ([9], [8], GONE),
        ([9], [9], None),
        ([1, 9], [9], None),
        ([1, 2, 9], [9], TWO),
    ],
)
def test_why_not_choose(chosen, held, why):
    there = [visible(1, "9:00", "10:00"), visible(2, "9:30", "10:30"), visible(3, "10:00", "11:00")]
    assert rules.why_not_choose(chosen, there, held) == (Refusal(why, "workshops") if why else None)


@pytest.mark.parametrize(("many", "why"), [(12, None), (13, "Choose 12 workshops or fewer")])
def test_why_not_choose_more_than_a_day_holds(many, why):
    there = [visible(one, f"{one}:00", f"{one + 1}:00") for one in range(1, many + 1)]
    chosen = [one.session_id for one in there]
    assert rules.why_not_choose(chosen, there) == (Refusal(why, "workshops") if why else None)


@pytest.mark.parametrize(("starts", "can"), [("8:59", False), ("9:00", False), ("9:01", True)])
def test_bookable_until_it_begins(starts, can):
    assert (rules.bookable([visible(1, starts)], at("9:00")) != []) == can


def test_bookable_is_what_has_places():
    sessions = [visible(1, places=0), visible(2, kind="plenary", places=None), visible(3)]
    assert [one.session_id for one in rules.bookable(sessions, at("8:00"))] == [1, 3]


@pytest.mark.parametrize(
    ("moves", "to", "before"),
    [
        (MOVES, "placed", {"waiting"}),
        (MOVES, "waiting", set()),
        (MOVES, "cancelled", {"placed", "waiting"}),
        (CHOICE_MOVES, "wished", set()),
        (CHOICE_MOVES, "placed", {"wished", "waiting"}),
        (CHOICE_MOVES, "waiting", {"wished"}),
        (CHOICE_MOVES, "cancelled", {"wished", "placed", "waiting"}),
    ],
)
def test_which_states_may_become_which(moves, to, before):
    assert set(may_become(moves, to)) == before


def test_every_state_and_no_other_is_tried_above():
    assert (set(MOVES), set(CHOICE_MOVES)) == (
        {"placed", "waiting", "cancelled"},
        {"wished", "placed", "waiting", "cancelled"},
    )
