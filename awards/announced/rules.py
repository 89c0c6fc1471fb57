"""What the writers of an entry may see of its outcome, and when. Pure."""

from __future__ import annotations

from datetime import datetime

from awards.outcomes.rules import visible
from awards.schemes.rules import Hours

OUTCOMES = {
    "shortlisted": "Shortlisted",
    "highly_commended": "Highly commended",
    "winner": "Winner",
    "not_shortlisted": "Not shortlisted",
}


def seen_outcome(outcome: str | None, settled: bool, hours: Hours, now: datetime) -> str:
    """What its writers see of an entry's outcome: a key of OUTCOMES, or "" before its hour.

    `settled` says that its category's shortlist was decided when the hour came, or has been told since:
    without that nobody learns that they are not on a list which is still being made.
    """
    if visible("shortlisted", hours, now) is None:
        return ""
    return visible(outcome, hours, now) or ("not_shortlisted" if settled else "")
