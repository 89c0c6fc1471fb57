"""When somebody may be checked in."""

from __future__ import annotations

from datetime import timedelta

import pytest

from base.errors import Refusal
from events.door import rules
from tests.events.symphony import at

CANCELLED = "This registration was cancelled. Ask the organiser whether there is a place"
WAITING = "This person is on the waiting list. Ask the organiser whether there is a place"
EARLY = "Check-in opens the day before the event"


@pytest.mark.parametrize(
    ("state", "before", "why"),
    [
        ("placed", timedelta(0), None),
        ("placed", timedelta(hours=-9), None),
        ("placed", timedelta(hours=24), None),
        ("placed", timedelta(hours=24, seconds=1), EARLY),
        ("waiting", timedelta(0), WAITING),
        ("waiting", timedelta(days=9), WAITING),
        ("cancelled", timedelta(0), CANCELLED),
        ("cancelled", timedelta(days=9), CANCELLED),
    ],
)
def test_why_not_check_in(state, before, why):
    starts_at = at("9:00")
    found = rules.why_not_check_in(state, starts_at, starts_at - before)
    assert found == (Refusal(why) if why else None)
