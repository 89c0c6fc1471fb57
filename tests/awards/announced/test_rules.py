"""What may be seen and when; what needs the organiser; as tables and properties."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awards.announced import rules
from tests.awards.season import HOURS, MOMENT, SHORTLIST, WINNERS


@pytest.mark.parametrize(
    ("outcome", "settled", "now", "expected"),
    [
        ("winner", True, SHORTLIST - MOMENT, ""),
        (None, True, SHORTLIST - MOMENT, ""),
        ("winner", True, SHORTLIST, "shortlisted"),
        ("highly_commended", True, SHORTLIST, "shortlisted"),
        ("shortlisted", True, SHORTLIST, "shortlisted"),
        (None, True, SHORTLIST, "not_shortlisted"),
        # Decided late: nobody is told that they are not on a list which is still being made.
        (None, False, SHORTLIST, ""),
        ("shortlisted", False, SHORTLIST, "shortlisted"),
        ("winner", True, WINNERS - MOMENT, "shortlisted"),
        ("winner", True, WINNERS, "winner"),
        ("highly_commended", True, WINNERS, "highly_commended"),
        ("shortlisted", True, WINNERS, "shortlisted"),
        (None, True, WINNERS, "not_shortlisted"),
    ],
)
def test_seen_outcome(outcome, settled, now, expected):
    """Each at its hour, not a moment before."""
    assert rules.seen_outcome(outcome, settled, HOURS, now) == expected


@given(
    st.sampled_from(["winner", "highly_commended", "shortlisted"]),
    st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC)),
)
def test_before_the_winners_hour_all_outcomes_look_alike(outcome, now):
    """So that nothing can be guessed from what is shown."""
    if now < WINNERS:
        alike = rules.seen_outcome("shortlisted", True, HOURS, now)
        assert rules.seen_outcome(outcome, True, HOURS, now) == alike
