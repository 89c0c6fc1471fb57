"""Registrations: their states, what may be chosen together, and when one may register or change. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from base.errors import Refusal
from events.agenda.rules import VisibleSession
from events.places.rules import Standing, places_at, places_in
from events.set_up.rules import EventFacts

# A registration: placed, or waiting for the event itself.
MOVES = {"placed": {"cancelled"}, "waiting": {"placed", "cancelled"}, "cancelled": set()}
# A choice of a workshop: wished until the event has a place for the registration.
CHOICE_MOVES = {
    "wished": {"placed", "waiting", "cancelled"},
    "placed": {"cancelled"},
    "waiting": {"placed", "cancelled"},
    "cancelled": set(),
}
# What a registration is on the organiser's list, and the orders of that list, the usual one first.
IN_LISTS = {"placed": "Place", "waiting": "Waiting", "here": "Here"}
SORTS = {"name": "name", "newest": "newest first"}
MOST_BADGE_NAME = 60
MOST_CHOSEN = 12
REGISTRATIONS_KEPT = timedelta(days=90)
LINKS_LAST = timedelta(days=30)


@dataclass(frozen=True)
class Details:
    """What people say about themselves when they register; each is a column of Registration."""

    badge_name: str = ""


@dataclass(frozen=True)
class Registered:
    """What the page says after registering. It is the same for an address that was registered before.

    `workshops` are the titles that were chosen with what was got; while one waits for the event itself, with
    what one would get now.
    """

    standing: Standing
    workshops: tuple[tuple[str, Standing], ...] = ()


def why_not_register(event: EventFacts, now: datetime) -> Refusal | None:
    """Why nobody can register for this event now, or None."""
    if now >= event.ends_at:
        return Refusal("This event is over. You can still see its agenda")
    if not event.registration_open:
        return Refusal(
            "Registration for this event is closed. Ask the people who run it if you still want to come"
        )
    return None


def why_not_change(state: str, ends_at: datetime, now: datetime) -> Refusal | None:
    """Why a registration can no longer be changed or cancelled, or None."""
    if state == "cancelled":
        return Refusal("This registration was cancelled. Register again if you want to come after all")
    if now >= ends_at:
        return Refusal("This event is over, so there is nothing left to change")
    return None


def expected(event: EventFacts, chosen: Iterable[VisibleSession]) -> Registered:
    """What registering now would give a newcomer, from the counters that everybody may see."""
    return Registered(
        places_at(event).for_newcomer, tuple((one.title, places_in(one).for_newcomer) for one in chosen)
    )


def overlap(one: VisibleSession, other: VisibleSession) -> bool:
    """Whether two sessions are at the same time for any moment; one that begins as the other ends is not."""
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at


def clash(chosen: Iterable[VisibleSession]) -> tuple[VisibleSession, VisibleSession] | None:
    """The first two of the chosen that are at the same time, earliest first; None where all go together."""
    in_order = sorted(chosen, key=lambda one: (one.starts_at, one.ends_at, one.session_id))
    for index, one in enumerate(in_order):
        for other in in_order[index + 1 :]:
            if overlap(one, other):
                return one, other
    return None


def bookable(sessions: Iterable[VisibleSession], now: datetime) -> list[VisibleSession]:
    """The workshops that can still be chosen: those that have not begun."""
    return [one for one in sessions if one.places is not None and one.starts_at > now]


def by_time(workshops: Sequence[VisibleSession]) -> list[list[VisibleSession]]:
    """Workshops in groups, by time; in each group all are at the same time, directly or in a chain."""
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
) -> Refusal | None:
    """Why these workshops (by session id) cannot be chosen together, or None.

    `held` are those that the person has already: they stay theirs when they have begun meanwhile.
    """
    known = {one.session_id: one for one in workshops}
    if any(session_id not in known and session_id not in held for session_id in chosen):
        return Refusal(
            "One of the workshops that you chose is no longer there, or has begun. Look at the list again",
            "workshops",
        )
    if len(chosen) > MOST_CHOSEN:
        return Refusal(f"Choose {MOST_CHOSEN} workshops or fewer", "workshops")
    pair = clash(known[session_id] for session_id in chosen if session_id in known)
    if pair:
        return Refusal(
            f"“{pair[0].title}” and “{pair[1].title}” are at the same time. Choose one of them", "workshops"
        )
    return None


def why_busy() -> Refusal:
    """Why nobody could be registered although every rule said yes: others were quicker, every time."""
    return Refusal("The agenda is being changed at this moment. Wait a minute, then send this again")
