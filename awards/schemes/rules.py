"""The hours of a scheme: what may happen when. An hour itself belongs to what follows it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from itertools import pairwise

from base.display import YEAR, day, left
from base.errors import Refusal

KINDS = ("team", "nomination")
# What people wrote in and about entries; titles, organisations, marks and outcomes are kept for good.
RECORDS_KEPT = 6 * YEAR
SINCE = "after the awards are over"
# What writing 100 words of an entry well takes, once the team has talked about it.
MINUTES_FOR_100_WORDS = 10


@dataclass(frozen=True)
class Hours:
    """When a scheme opens, closes, ends judging, announces its shortlist and its winners."""

    opens_at: datetime
    closes_at: datetime
    judging_closes_at: datetime | None = None
    shortlist_at: datetime | None = None
    winners_at: datetime | None = None

    @property
    def judging_ends(self) -> datetime | None:
        """When judging ends: at its own hour, else at the shortlist's; None where neither is set."""
        return self.judging_closes_at or self.shortlist_at


# What each hour is called where it is asked for or refused.
NAMES = {
    "opens_at": "the hour when entries open",
    "closes_at": "the hour when entries close",
    "judging_closes_at": "the hour when judging ends",
    "shortlist_at": "the hour of the shortlist",
    "winners_at": "the hour of the winners",
}


def phase(hours: Hours, now: datetime) -> str:
    """Where a scheme is: not_open, open, judging, shortlisted or announced.

    At closes_at exactly it is closed, at shortlist_at shortlisted, at winners_at announced.
    """
    if hours.winners_at is not None and now >= hours.winners_at:
        return "announced"
    if hours.shortlist_at is not None and now >= hours.shortlist_at:
        return "shortlisted"
    if now >= hours.closes_at:
        return "judging"
    return "open" if now >= hours.opens_at else "not_open"


def state_words(hours: Hours, now: datetime) -> str:
    """Where a scheme stands, as its public pages say it."""
    words = {
        "not_open": f"Opens {day(hours.opens_at)}",
        "open": f"Open for entries: {left(hours.closes_at, now)}",
        "judging": "Entries have closed. Judges are reading",
        "shortlisted": "The shortlist is out",
        "announced": "The winners are announced",
    }
    return words[phase(hours, now)]


def is_open(hours: Hours, now: datetime) -> bool:
    """Whether entries may be started, changed and sent in."""
    return phase(hours, now) == "open"


def next_hour(hours: Hours, now: datetime) -> tuple[str, datetime] | None:
    """The name and moment of the next of the scheme's hours, or None when none is to come."""
    coming = [(name, at) for name, at in _set_hours(hours) if at > now]
    return min(coming, key=lambda one: one[1]) if coming else None


def _set_hours(hours: Hours) -> Iterator[tuple[str, datetime]]:
    """The hours that are set, in the order of the year."""
    for field in fields(hours):
        at = getattr(hours, field.name)
        if at is not None:
            yield field.name, at


def why_not_hours(before: Hours, after: Hours, now: datetime) -> Refusal | None:
    """Why a scheme's hours cannot be changed so, or None when they can.

    They must follow each other; what has been announced stays announced and what is to come stays to come. So
    entries cannot be opened again once the shortlist is out: they would have to close before it.
    """
    for (_, earlier), (name, later) in pairwise(_set_hours(after)):
        if later < earlier or (name == "closes_at" and later == earlier):
            return Refusal(f"{NAMES[name].capitalize()} must be after the one before it", name)
    if after.winners_at and not after.shortlist_at:
        return Refusal("Set the hour of the shortlist too: it comes before the winners", "shortlist_at")
    for name, called in NAMES.items():
        then, at = getattr(before, name), getattr(after, name)
        if then == at:
            continue
        if name in ("shortlist_at", "winners_at") and then is not None and then <= now:
            return Refusal("This has been announced. Its hour stays as it was", name)
        if name == "opens_at" and then <= now < at:
            return Refusal("Entries have opened. The hour cannot be moved to later", name)
        if at is not None and at <= now and name != "opens_at":
            return Refusal(f"Choose a moment in the future for {called}", name)
    return None


@dataclass(frozen=True)
class Step:
    """One step of a scheme's year: `state` is "done", "now" or "" for still to come."""

    name: str
    at: datetime | None
    state: str


def steps(hours: Hours, place: str, now: datetime) -> list[Step]:
    """The scheme's year as its front page shows it; the step that everybody waits for is "now"."""
    year = [
        ("Entries open", hours.opens_at),
        ("Entries close", hours.closes_at),
        ("Judging ends", hours.judging_closes_at),
        ("Shortlist", hours.shortlist_at),
        (f"Winners, {place}" if place else "Winners", hours.winners_at),
    ]
    found, waiting = [], True
    for name, at in year:
        done = at is not None and at <= now
        found.append(Step(name, at, "done" if done else "now" if waiting else ""))
        waiting = waiting and done
    return found


def hours_of_work(words: int) -> int:
    """About how many hours an entry of that many words takes, at least one."""
    return max(1, round(words * MINUTES_FOR_100_WORDS / 100 / 60))
