"""Ranking a category, deciding its outcomes, and who may see an outcome when. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from functools import cached_property

from awards.judging.rules import mean
from awards.schemes.rules import Hours
from base.display import day_and_time, plural, sentence_list

OUTCOMES = {"winner": "Winner", "highly_commended": "Highly commended", "shortlisted": "Shortlisted"}
# "" is an entry that nothing has been decided about. What was told stays told: see why_not_decide.
MOVES: dict[str, set[str]] = {
    "": {"shortlisted", "highly_commended", "winner"},
    "shortlisted": {"", "highly_commended", "winner"},
    "highly_commended": {"", "shortlisted", "winner"},
    "winner": {"", "shortlisted", "highly_commended"},
}
MOST_REASON = 1000
# A category that is decided after its hour is told once nothing has changed in it for this long.
QUIET = timedelta(minutes=15)
# An hour that passed longer ago than this is no news any more, and nobody is written to.
NEWS = timedelta(days=14)


@dataclass(frozen=True)
class EntryMarks:
    """An entry's marks by finished reads, and how many reads are not finished."""

    entry_id: int
    marks: tuple[Fraction, ...] = ()
    unfinished: int = 0

    @cached_property
    def mean(self) -> Fraction | None:
        """The raw mean of the finished reads, or None while there is none."""
        return mean(self.marks)


@dataclass(frozen=True)
class Ranked:
    """An entry with its place; None where no read is finished. `tied` where others have the very same
    mean.
    """

    marks: EntryMarks
    place: int | None
    tied: bool


@dataclass(frozen=True)
class Deciding:
    """What deciding about one entry looks at. The two last say what this category has been told already."""

    current: str
    entry_state: str
    hours: Hours
    other_winners: tuple[str, ...] = ()
    shortlist_announced: bool = False
    winners_announced: bool = False


def rank(entries: Iterable[EntryMarks]) -> list[Ranked]:
    """Entries by raw mean, the best first; equal means share a place and the next place is left out.

    Entries without a finished read come last, without a place. Equal ones stay in the order they came in.
    """
    ordered = sorted(entries, key=lambda one: -1 if one.mean is None else one.mean, reverse=True)
    shared = Counter(one.mean for one in ordered)
    places: dict[Fraction | None, int] = {}
    for place, one in enumerate(ordered, start=1):
        places.setdefault(one.mean, place)
    return [
        Ranked(
            one, None if one.mean is None else places[one.mean], one.mean is not None and shared[one.mean] > 1
        )
        for one in ordered
    ]


def said(mark: Fraction | None) -> str:
    """A mark in figures, "78.3"; empty for none."""
    return f"{float(mark):.1f}" if mark is not None else ""


def why_careful(ranked: Sequence[Ranked], most: int) -> list[str]:
    """What to know before deciding by a ranking: reads that are missing, and a tie across the
    shortlist's line.
    """
    warnings = []
    unfinished = sum(one.marks.unfinished for one in ranked)
    if unfinished:
        verb = "is" if unfinished == 1 else "are"
        warnings.append(f"{plural(unfinished, 'read')} {verb} not finished and not counted here")
    unread = sum(one.place is None for one in ranked)
    if unread:
        verb = "has" if unread == 1 else "have"
        warnings.append(f"{plural(unread, 'entry', 'entries')} {verb} no finished read at all")
    placed = [one for one in ranked if one.place is not None]
    if len(placed) > most and placed[most - 1].marks.mean == placed[most].marks.mean:
        tied = sum(one.marks.mean == placed[most].marks.mean for one in placed)
        warnings.append(f"{tied} entries share place {placed[most].place}, so the first {most} are not clear")
    counts = {len(one.marks.marks) for one in placed}
    if len(counts) > 1:
        warnings.append(f"Entries have {min(counts)} to {max(counts)} finished reads: compare with care")
    return warnings


def why_not_decide(
    about: Deciding, wanted: str, reason: str, joint: bool, now: datetime
) -> tuple[str, str] | None:
    """Why an entry cannot get this outcome ("" takes it away): (words, the form's field), or None."""
    if about.entry_state != "submitted":
        return "Only entries that were sent in can be decided about", ""
    if now < about.hours.closes_at:
        return f"Entries are open until {day_and_time(about.hours.closes_at)}. Decide after that", ""
    if about.winners_announced:
        return "The winners of this category have been announced. What was said stays", ""
    if about.shortlist_announced and not about.current:
        return "The shortlist of this category has been announced without this entry", ""
    if wanted not in MOVES[about.current]:
        return "Choose something other than what is decided already", "outcome"
    if about.shortlist_announced and not wanted:
        return "It has been announced as shortlisted, so it stays on the shortlist", "outcome"
    if wanted == "winner" and about.other_winners and not joint:
        won = sentence_list(about.other_winners)
        return f"{won} won this category already. Tick joint winners if both win", "joint"
    if not reason.strip():
        return "Say why in a sentence. It is kept with the decision", "reason"
    return None


def visible(outcome: str | None, hours: Hours, now: datetime) -> str | None:
    """What anybody but an organiser sees of an outcome: nothing before the shortlist's hour, then
    "shortlisted"

    for everything decided, the outcome itself from the winners' hour on.
    """
    if outcome is None:
        return None
    if hours.winners_at is not None and now >= hours.winners_at:
        return outcome
    if hours.shortlist_at is not None and now >= hours.shortlist_at:
        return "shortlisted"
    return None
