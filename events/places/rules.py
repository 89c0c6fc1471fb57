"""Choosing workshops. Pure: plain values in, words out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from events.agenda.rules import VisibleSession

MOST_CHOSEN = 12


def overlap(one: VisibleSession, other: VisibleSession) -> bool:
    """Whether two sessions are at the same time for any moment; one that begins as the other ends is not."""
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at


def clash(chosen: Iterable[VisibleSession]) -> tuple[VisibleSession, VisibleSession] | None:
    """The first two of the chosen sessions that are at the same time, earliest first.

    None where all can be had.
    """
    in_order = sorted(chosen, key=lambda one: (one.starts_at, one.ends_at, one.session_id))
    for place, one in enumerate(in_order):
        for other in in_order[place + 1 :]:
            if overlap(one, other):
                return one, other
    return None


def bookable(sessions: Iterable[VisibleSession], now: datetime) -> list[VisibleSession]:
    """The workshops that can still be chosen: those that have not begun."""
    return [one for one in sessions if one.places is not None and one.starts_at > now]


def by_time(workshops: Sequence[VisibleSession]) -> list[list[VisibleSession]]:
    """Workshops in groups within which one has to decide.

    Each group is at the same time, directly or in a chain.
    """
    groups: list[list[VisibleSession]] = []
    ends: datetime | None = None
    for one in sorted(workshops, key=lambda one: (one.starts_at, one.room_position, one.session_id)):
        if ends is None or one.starts_at >= ends:
            groups.append([])
            ends = one.ends_at
        groups[-1].append(one)
        ends = max(ends, one.ends_at)
    return groups


def why_not_choose(
    chosen: Sequence[int], workshops: Sequence[VisibleSession], held: Sequence[int] = ()
) -> str | None:
    """Why these workshops (by session id) cannot be chosen together, or None.

    `held` are those that the person has already: they stay theirs when they have begun meanwhile.
    """
    known = {one.session_id: one for one in workshops}
    if any(number not in known and number not in held for number in chosen):
        return "One of the workshops that you chose is no longer there, or has begun. Look at the list again"
    if len(chosen) > MOST_CHOSEN:
        return f"Choose {MOST_CHOSEN} workshops or fewer"
    pair = clash(known[number] for number in chosen if number in known)
    if pair:
        return f"“{pair[0].title}” and “{pair[1].title}” are at the same time. Choose one of them"
    return None


def would_wait(workshop: VisibleSession) -> int:
    """What choosing this workshop now would give: 0 for a place, else the position on its waiting list."""
    return 0 if workshop.places_left else workshop.waiting + 1
