"""Rules of judging: when one may judge, and what a judge may do with a read. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from awards.schemes.rules import Hours
from base.display import day_and_time, plural, sentence_list
from base.errors import Refusal

# What reading and scoring one entry takes, as the season's judges say.
MINUTES_A_READ = 7
MOST_COMMENT_WORDS = 150
MOST_REASON = 500


def why_not_judge(hours: Hours, now: datetime) -> Refusal | None:
    """Why nobody may judge now: entries still come in, or judging has closed."""
    if now < hours.closes_at:
        return Refusal(f"Entries are open until {day_and_time(hours.closes_at)}. Judging begins after that")
    if hours.judging_ends is not None and now >= hours.judging_ends:
        closed = day_and_time(hours.judging_ends)
        return Refusal(f"Judging closed on {closed}. What you wrote is kept as it is")
    return None


def why_not_declare(state: str, conflict: bool, reason: str, hours: Hours, now: datetime) -> Refusal | None:
    """Why a judge whose read is in this state cannot say now whether they have a conflict with an entry."""
    if state == "recused":
        return Refusal("You have stepped back from this entry already")
    if conflict and not reason.strip():
        return Refusal("Say in a few words what the conflict is", "reason")
    if not conflict and state != "assigned":
        return Refusal("You have said already that you have no conflict with this entry")
    return why_not_judge(hours, now)


def why_not_score(
    state: str, value: int | None, scale: Collection[int], hours: Hours, now: datetime
) -> Refusal | None:
    """Why a judge cannot score an entry now; a value of None keeps the comment alone."""
    if state == "recused":
        return Refusal("You have stepped back from this entry")
    if state == "assigned":
        return Refusal("Say first whether you have a conflict with this entry")
    if value is not None and value not in scale:
        return Refusal("Choose one of the points of the scale", "value")
    return why_not_judge(hours, now)


def why_not_finish(state: str, unscored: Sequence[str], hours: Hours, now: datetime) -> Refusal | None:
    """Why a judge cannot finish a read now; `unscored` are the names of the criteria without a score."""
    why_not = why_not_score(state, None, (), hours, now)
    if why_not:
        return why_not
    if state == "done":
        return Refusal("You have finished this entry already")
    if unscored:
        return Refusal(f"Score {sentence_list(name.lower() for name in unscored)} first")
    return None


def time_left(unread: int) -> str:
    """About how long the reads that are left take: "50 minutes", "3 hours"; empty for none."""
    minutes = MINUTES_A_READ * unread
    if not minutes:
        return ""
    return plural(minutes, "minute") if minutes < 120 else plural(round(minutes / 60), "hour")


@dataclass(frozen=True)
class Step:
    """Where a criterion stands among those of its scheme: its number from 1, and its neighbours' keys."""

    number: int
    of: int
    previous: str | None
    following: str | None


def step_of(keys: Sequence[str], key: str) -> Step:
    """Where a criterion stands among keys in their order; raises ValueError where it is not among them."""
    index, last = keys.index(key), len(keys) - 1
    return Step(
        number=index + 1,
        of=len(keys),
        previous=keys[index - 1] if index > 0 else None,
        following=keys[index + 1] if index < last else None,
    )
