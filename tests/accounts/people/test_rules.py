"""Names and addresses, tidied."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.people import rules


@given(st.text(max_size=120))
def test_tidy_name_has_single_blanks_and_a_limit(name):
    """Whatever was typed; tidying twice changes nothing."""
    tidied = rules.tidy_name(name)
    assert (tidied.strip()[:80], rules.tidy_name(tidied)) == (tidied, tidied)


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("maya.collins@example.org", "Maya Collins"),
        ("maya_jo-collins@example.org", "Maya Jo Collins"),
        ("@example.org", ""),
        ("...@example.org", ""),
    ],
)
def test_name_from_email_is_a_first_guess(address, name):
    """Its owner can change it."""
    assert rules.name_from_email(address) == name
