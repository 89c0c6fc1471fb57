"""What an event and its rooms may be. Pure: plain values in, words out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

MOST_NAME = 120
MOST_PLACES = 20_000
MOST_ROOMS = 40


@dataclass(frozen=True)
class EventFacts:
    """What everybody may know about an event, as plain values, and its counters.

    `version` is for comparing only: it goes up with changes that not everybody may see, so no page shows it.
    """

    event_id: int
    slug: str
    name: str
    blurb: str
    starts_at: datetime
    ends_at: datetime
    place: str
    town: str
    directions: str
    cost: str
    access: str
    access_details: str
    support: str
    capacity: int
    taken: int
    waiting: int
    chosen_names: bool
    registration_open: bool
    version: int
    sequence: int
    changed_at: datetime
    invented: bool

    @property
    def where(self) -> str:
        """ "Conference hall, Stoke-on-Trent"."""
        return ", ".join(part for part in (self.place, self.town) if part)

    @property
    def places_left(self) -> int:
        """How many may still register at once: who waits comes before newcomers."""
        return places_left(self.capacity, self.taken, self.waiting)


def places_left(places: int, taken: int, waiting: int) -> int:
    """Places that a newcomer can have: none while somebody waits."""
    return 0 if waiting else max(0, places - taken)


def slug_of(name: str) -> str:
    """The event's part of an address: "second-staffordshire-symphony"."""
    slug = re.sub(r"[^a-z0-9]+", "-", name.lower().replace("'", "")).strip("-")
    return slug[:60].rstrip("-") or "event"


def reference_prefix(slug: str) -> str:
    """The letters in front of the references of an event's registrations: "SYMP"."""
    return re.sub(r"[^a-z]", "", slug)[:4].upper() or "EVEN"


def room_words(step_free: bool, hearing_loop: bool, note: str) -> str:
    """What stands under a room's name: "step-free, hearing loop", "three steps"."""
    words = [note] if note else []
    if step_free:
        words.append("step-free")
    elif not note:
        words.append("not step-free")
    if hearing_loop:
        words.append("hearing loop")
    return ", ".join(words)


def why_not_times(starts_at: datetime, ends_at: datetime) -> str | None:
    """Why an event cannot have these times, or None."""
    if starts_at >= ends_at:
        return "The event has to end after it starts. Change one of the two times"
    return None


def why_not_capacity(capacity: int, taken: int) -> str | None:
    """Why an event cannot have this many places, or None."""
    if capacity < taken:
        return f"{taken} people have a place already. Enter {taken} or more"
    return None


def why_not_name_room(name: str, others: set[str]) -> str | None:
    """Why a room cannot have this name beside the `others` of its event, or None."""
    if name.casefold() in {other.casefold() for other in others}:
        return f"There is a room called {name} already. Choose another name, or change that room"
    return None


def why_not_remove_room(name: str, sessions: int) -> str | None:
    """Why a room cannot go, or None."""
    if sessions:
        held = "1 session is" if sessions == 1 else f"{sessions} sessions are"
        return f"{held} in {name}. Move them to another room first, then remove this one"
    return None
