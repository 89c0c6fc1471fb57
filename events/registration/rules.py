"""Registering for an event. Pure: plain values in, words out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from events.agenda.rules import VisibleSession
from events.places.rules import would_wait
from events.set_up.rules import EventFacts

# A registration: placed, or waiting for the event itself. A choice of a workshop: wished until the event has
# a place.
MOVES = {"placed": {"cancelled"}, "waiting": {"placed", "cancelled"}, "cancelled": set()}
CHOICE_MOVES = {
    "wished": {"placed", "waiting", "cancelled"},
    "waiting": {"placed", "cancelled"},
    "placed": {"cancelled"},
    "cancelled": set(),
}
# What a registration is on the organiser's list, and the orders of that list, the usual one first.
IN_LISTS = {"placed": "Place", "waiting": "Waiting", "here": "Here"}
SORTS = {"name": "name", "newest": "newest first"}
MOST_BADGE_NAME = 60
MOST_NEEDS = 500
NEEDS_KEPT = timedelta(days=30)
REGISTRATIONS_KEPT = timedelta(days=90)
LINKS_LAST = timedelta(days=30)

ACCESS = (
    "Step-free access",
    "Hearing loop",
    "BSL interpreter",
    "Large print",
    "Easy Read",
    "A seat near the door",
    "Someone comes with me to support me",
)
DIETARY = ("Vegetarian", "Vegan", "Halal", "Kosher", "Gluten free", "No dairy", "No nuts")


@dataclass(frozen=True)
class Outcome:
    """What the page says after registering. It is the same for an address that was registered before.

    A position of 0 is a place, any other a place on the waiting list.
    """

    position: int
    workshops: tuple[tuple[str, int], ...] = ()


def why_not_register(event: EventFacts, now: datetime) -> str | None:
    """Why nobody can register for this event now, or None."""
    if now >= event.ends_at:
        return "This event is over. You can still see its agenda"
    if not event.registration_open:
        return "Registration for this event is closed. Ask the people who run it if you still want to come"
    return None


def why_not_change(state: str, ends_at: datetime, now: datetime) -> str | None:
    """Why a registration can no longer be changed or cancelled, or None."""
    if state == "cancelled":
        return "This registration was cancelled. Register again if you want to come after all"
    if now >= ends_at:
        return "This event is over, so there is nothing left to change"
    return None


def expected(event: EventFacts, chosen: Iterable[VisibleSession]) -> Outcome:
    """What registering now would give a newcomer, from the counters that everybody may see."""
    position = 0 if event.places_left else event.waiting + 1
    return Outcome(position, tuple((one.title, would_wait(one)) for one in chosen))


def ordinal(position: int) -> str:
    """ "1st", "2nd", "13th"."""
    ending = "th" if position % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(position % 10, "th")
    return f"{position}{ending}"


def joined_needs(chosen: Iterable[str], more: str) -> str:
    """The ticked needs and what was written, as one line: "Large print; I use a walking frame"."""
    return "; ".join([*chosen, *([" ".join(more.split())] if more.strip() else [])])


def needs_told_apart(text: str) -> list[str]:
    """The single needs of such a line."""
    return [part for part in text.split("; ") if part]
