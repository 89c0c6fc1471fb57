"""When one may register and change, and how needs are written down."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.registration import rules
from tests.events.made import EVENT, visible
from tests.events.symphony import at


@pytest.mark.parametrize(
    ("now", "open_", "may"),
    [("8:00", True, True), ("16:29", True, True), ("16:30", True, False), ("8:00", False, False)],
)
def test_why_not_register(now, open_, may):
    assert (rules.why_not_register(replace(EVENT, registration_open=open_), at(now)) is None) == may


@pytest.mark.parametrize(
    ("state", "now", "may"),
    [
        ("placed", "16:29", True),
        ("waiting", "16:29", True),
        ("cancelled", "8:00", False),
        ("placed", "16:30", False),
    ],
)
def test_why_not_change(state, now, may):
    assert (rules.why_not_change(state, EVENT.ends_at, at(now)) is None) == may


@pytest.mark.parametrize(
    ("position", "words"),
    [
        (1, "1st"),
        (2, "2nd"),
        (3, "3rd"),
        (4, "4th"),
        (11, "11th"),
        (12, "12th"),
        (21, "21st"),
        (112, "112th"),
    ],
)
def test_ordinal(position, words):
    assert rules.ordinal(position) == words


def test_expected_is_what_the_counters_promise():
    full = replace(EVENT, taken=220, waiting=2)
    chosen = [visible(1, taken=9), visible(2, taken=10, waiting=1)]
    assert rules.expected(EVENT, chosen) == rules.Outcome(0, (("Session 1", 0), ("Session 2", 2)))
    assert rules.expected(full, []) == rules.Outcome(3)


@given(chosen=st.lists(st.sampled_from(rules.ACCESS), unique=True), more=st.text("ab \n", max_size=12))
def test_joined_needs_can_be_told_apart_again(chosen, more):
    extra = [" ".join(more.split())] if more.strip() else []
    assert rules.needs_told_apart(rules.joined_needs(chosen, more)) == [*chosen, *extra]


@pytest.mark.parametrize("moves", [rules.MOVES, rules.CHOICE_MOVES])
def test_moves_lead_to_known_states_and_cancelled_is_the_end(moves):
    assert {after for states in moves.values() for after in states} <= set(moves)
    assert moves["cancelled"] == set()
