"""When a mail is tried again, and when it is given up."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from backstage.outbox import rules

NOW = datetime(2026, 9, 17, 9, 30, tzinfo=UTC)


def test_try_after_doubles_up_to_four_hours():
    """1, 2, 4 … minutes after the first, second, third … failure."""
    minutes = [(rules.try_after(attempts, NOW) - NOW) / timedelta(minutes=1) for attempts in range(1, 11)]
    assert minutes == [1, 2, 4, 8, 16, 32, 64, 128, 240, 240]


@given(st.integers(0, 1000))
def test_try_after_is_always_later_and_never_sooner_than_before(attempts):
    """Whatever the count of failures."""
    assert NOW < rules.try_after(attempts, NOW) <= rules.try_after(attempts + 1, NOW)


def test_after_failure_says_what_the_table_says():
    """Tried again until the eighth failure, unless the server will never take it."""
    said = {case: rules.after_failure(*case) for case in product((1, 7, 8, 9), (False, True))}
    assert said == {
        (1, False): "waiting",
        (1, True): "failed",
        (7, False): "waiting",
        (7, True): "failed",
        (8, False): "failed",
        (8, True): "failed",
        (9, False): "failed",
        (9, True): "failed",
    }


def test_moves_end_with_sent_or_failed():
    """Every other state leads on, and only to states that there are."""
    assert [state for state, after in rules.MOVES.items() if not after] == ["sent", "failed"]
    assert {after for moves in rules.MOVES.values() for after in moves} <= set(rules.MOVES)
