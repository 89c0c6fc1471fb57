"""What an event and its rooms may be. Pure: plain values in, words out."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from base.errors import Refusal
from base.marks import all_but, mark

MOST_NAME = 120
MOST_PLACES = 20_000
MOST_ROOMS = 40


# What may differ without calendars being told of a change, and without the programme being another one.
NOT_IN_CALENDARS = mark("calendars do not follow it")
NOT_PRINTED = mark("programmes do not print it")
ON_PAGES_ONLY = NOT_IN_CALENDARS | NOT_PRINTED


@dataclass(frozen=True)
class EventDetails:
    """What an organiser says about an event: the one list. Moments are aware datetimes; texts are plain.

    Columns, facts, calendars and the printed programme follow from it, each leaving out what is marked for it
    and nothing else.
    """

    name: str
    starts_at: datetime
    ends_at: datetime
    capacity: int = field(metadata=ON_PAGES_ONLY)
    blurb: str = ""
    place: str = ""
    town: str = ""
    directions: str = field(default="", metadata=NOT_IN_CALENDARS)
    cost: str = field(default="Free", metadata=NOT_IN_CALENDARS)
    access: str = field(default="", metadata=NOT_IN_CALENDARS)
    access_details: str = field(default="", metadata=NOT_IN_CALENDARS)
    support: str = field(default="", metadata=NOT_IN_CALENDARS)
    chosen_names: bool = field(default=False, metadata=ON_PAGES_ONLY)
    registration_open: bool = field(default=True, metadata=ON_PAGES_ONLY)


@dataclass(frozen=True, kw_only=True)
class EventFacts(EventDetails):
    """What everybody may know about an event, as plain values, and its counters.

    `version` is for comparing only: it goes up with changes that not everybody may see, so no page shows it.
    """

    event_id: int
    slug: str
    taken: int = field(metadata=ON_PAGES_ONLY)
    waiting: int = field(metadata=ON_PAGES_ONLY)
    version: int = field(metadata=ON_PAGES_ONLY)
    sequence: int = field(metadata=ON_PAGES_ONLY)
    changed_at: datetime = field(metadata=ON_PAGES_ONLY)
    invented: bool = field(metadata=NOT_IN_CALENDARS)

    @property
    def where(self) -> str:
        """ "Conference hall, Stoke-on-Trent"."""
        return ", ".join(part for part in (self.place, self.town) if part)


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


_IN_CALENDARS = all_but(EventDetails, NOT_IN_CALENDARS)


def looks_different(before: EventDetails, after: EventDetails) -> bool:
    """Whether a calendar that shows the event can tell the two apart."""
    return any(getattr(before, name) != getattr(after, name) for name in _IN_CALENDARS)


def why_not_times(starts_at: datetime, ends_at: datetime) -> Refusal | None:
    """Why an event cannot have these times, or None."""
    if starts_at >= ends_at:
        return Refusal("The event has to end after it starts. Change one of the two times", "ends_at")
    return None


def why_not_capacity(capacity: int, taken: int) -> Refusal | None:
    """Why an event cannot have this many places, or None."""
    if capacity < taken:
        return Refusal(f"{taken} people have a place already. Enter {taken} or more", "capacity")
    return None


def why_not_name_room(name: str, others: Collection[str]) -> Refusal | None:
    """Why a room cannot have this name beside the `others` of its event, or None."""
    if name.casefold() in {other.casefold() for other in others}:
        words = f"There is a room called {name} already. Choose another name, or change that room"
        return Refusal(words, "name")
    return None


def why_not_add_room(name: str, others: Collection[str]) -> Refusal | None:
    """Why an event whose rooms have the names `others` cannot have one of this name, too, or None."""
    if len(others) >= MOST_ROOMS:
        return Refusal(f"An event can have {MOST_ROOMS} rooms. Remove one that is not used first")
    return why_not_name_room(name, others)


def why_not_remove_room(name: str, sessions: int) -> Refusal | None:
    """Why a room that holds this many sessions cannot go, or None."""
    if sessions:
        held = "1 session is" if sessions == 1 else f"{sessions} sessions are"
        return Refusal(f"{held} in {name}. Move them to another room first, then remove this one")
    return None
