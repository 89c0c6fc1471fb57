"""What the writers of an entry may see of its outcome, and when. Pure."""

from __future__ import annotations

from datetime import datetime

from awards.outcomes.rules import OUTCOMES, SHORTLISTED, visible
from awards.schemes.rules import Hours

NOT_SHORTLISTED = "not_shortlisted"


def seen_outcome(outcome: str | None, settled: bool, hours: Hours, now: datetime) -> str:
    """What its writers see of an entry's outcome: an outcome, NOT_SHORTLISTED, or "" before its hour.

    `settled` says that its category's shortlist was decided when the hour came, or has been told since:
    without that nobody learns that they are not on a list which is still being made.
    """
    if visible(SHORTLISTED, hours, now) is None:
        return ""
    return visible(outcome, hours, now) or (NOT_SHORTLISTED if settled else "")


def in_words(seen: str) -> str:
    """What `seen_outcome` gave, in words; empty before its hour."""
    if seen == NOT_SHORTLISTED:
        return "Not shortlisted"
    return OUTCOMES[seen].words if seen else ""
