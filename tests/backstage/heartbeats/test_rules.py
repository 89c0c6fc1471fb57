"""When a process counts as alive."""

from __future__ import annotations

from datetime import timedelta

from backstage.heartbeats import rules


def test_health_is_right_within_twenty_seconds():
    """The last beat may be as old as one interval when its process is killed."""
    assert rules.FRESH + timedelta(seconds=rules.EVERY_SECONDS) <= timedelta(seconds=20)
