"""Sessions: what everybody may see of them at a moment, and what an organiser may make of them. Pure.

`as_visible` is the one place that decides what an embargo hides. Everything that leaves the house about a
session (pages, calendars, the printed programme, mails) is made from what it gives.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime

from base.display import LONDON, clock_time, day, day_and_time, plural, time_range

KINDS = {"plenary": "For everybody", "workshop": "Workshop", "break": "Break", "open": "Open all the time"}
MOST_TITLE = 140
MOST_TEASER = 90
# Hidden until the hour, and never written into the history of a session that has or had an embargo.
HIDDEN = ("title", "about", "speakers", "content_note", "support")


@dataclass(frozen=True)
class Plan:
    """What an organiser says about a session. `places` counts for workshops only."""

    title: str
    kind: str
    room_id: int
    starts_at: datetime
    ends_at: datetime
    about: str = ""
    speakers: str = ""
    content_note: str = ""
    support: str = ""
    places: int | None = None
    covering_title: str = ""
    embargo_until: datetime | None = None


@dataclass(frozen=True)
class FullSession:
    """A session with everything in it: for organisers, and for `as_visible`."""

    session_id: int
    room_id: int
    room: str
    room_words: str
    room_position: int
    kind: str
    title: str
    about: str
    speakers: str
    content_note: str
    support: str
    starts_at: datetime
    ends_at: datetime
    covering_title: str
    embargo_until: datetime | None
    sequence: int
    changed_at: datetime
    places: int | None
    taken: int
    waiting: int


@dataclass(frozen=True)
class VisibleSession:
    """What everybody may know about a session now.

    `revealed_at` is set only while something is still hidden.
    """

    session_id: int
    room_id: int
    room: str
    room_words: str
    room_position: int
    kind: str
    title: str
    about: str
    speakers: str
    content_note: str
    support: str
    starts_at: datetime
    ends_at: datetime
    revealed_at: datetime | None
    sequence: int
    changed_at: datetime
    places: int | None
    taken: int
    waiting: int

    @property
    def hidden(self) -> bool:
        """Whether this is a covering title for something that is told later."""
        return self.revealed_at is not None

    @property
    def places_left(self) -> int:
        """Places that a newcomer can have: none while somebody waits."""
        return 0 if self.waiting else max(0, (self.places or 0) - self.taken)

    @property
    def teaser(self) -> str:
        """The beginning of what it is about, for the agenda."""
        return teaser(self.about)

    @property
    def reveal_words(self) -> str:
        """ "We will tell you what it is at 1pm on the day"; empty where nothing is hidden."""
        if self.revealed_at is None:
            return ""
        same_day = _london_day(self.revealed_at) == _london_day(self.starts_at)
        when = f"{clock_time(self.revealed_at)} on the day" if same_day else day_and_time(self.revealed_at)
        return (
            f"We will tell you what it is at {when}" if same_day else f"We will tell you what it is on {when}"
        )


def teaser(about: str) -> str:
    """The beginning of what a session is about, for the agenda.

    Whole sentences, or the first words of a long one.
    """
    first = " ".join(about.split("\n\n", maxsplit=1)[0].split())
    if len(first) <= MOST_TEASER:
        return first
    sentences = first[: MOST_TEASER + 1].rpartition(". ")[0]
    return f"{sentences}." if sentences else first[:MOST_TEASER].rpartition(" ")[0] + " …"


def _london_day(when: datetime) -> object:
    return when.astimezone(LONDON).date()


def is_hidden(embargo_until: datetime | None, now: datetime) -> bool:
    """Whether an embargo still stands; it ends at its hour, not after."""
    return embargo_until is not None and now < embargo_until


def _embargo_passed(embargo_until: datetime | None, now: datetime) -> bool:
    return embargo_until is not None and now >= embargo_until


def shown_sequence(sequence: int, embargo_until: datetime | None, now: datetime) -> int:
    """The number that calendars see.

    The end of an embargo changes what is seen, so it counts as one change.
    """
    return sequence + (1 if _embargo_passed(embargo_until, now) else 0)


def as_visible(full: FullSession, now: datetime) -> VisibleSession:
    """What everybody may see of a session at `now`: everything, or only what covers it until its hour."""
    hidden = is_hidden(full.embargo_until, now)
    passed = _embargo_passed(full.embargo_until, now)
    return VisibleSession(
        session_id=full.session_id,
        room_id=full.room_id,
        room=full.room,
        room_words=full.room_words,
        room_position=full.room_position,
        kind=full.kind,
        title=full.covering_title if hidden else full.title,
        about="" if hidden else full.about,
        speakers="" if hidden else full.speakers,
        content_note="" if hidden else full.content_note,
        support="" if hidden else full.support,
        starts_at=full.starts_at,
        ends_at=full.ends_at,
        revealed_at=full.embargo_until if hidden else None,
        sequence=shown_sequence(full.sequence, full.embargo_until, now),
        changed_at=max(full.changed_at, full.embargo_until)
        if passed and full.embargo_until
        else full.changed_at,
        places=full.places,
        taken=full.taken,
        waiting=full.waiting,
    )


# What counts as a visible change; bookings and the two numbers themselves do not.
_COUNTS_AS_CHANGE = tuple(
    field.name
    for field in fields(VisibleSession)
    if field.name
    not in ("sequence", "changed_at", "taken", "waiting", "places", "room_words", "room_position")
)


def looks_different(before: VisibleSession, after: VisibleSession) -> bool:
    """Whether somebody who may see only the visible part can tell the two apart."""
    return any(getattr(before, name) != getattr(after, name) for name in _COUNTS_AS_CHANGE)


def next_sequence(
    before: VisibleSession, after: VisibleSession, embargo_after: datetime | None, now: datetime
) -> int:
    """The number to store after a change, so that the shown one goes up by one when, and only when, it is
    visible.
    """
    shown = before.sequence + (1 if looks_different(before, after) else 0)
    return shown - (1 if _embargo_passed(embargo_after, now) else 0)


def why_not_plan(plan: Plan, starts_at: datetime, ends_at: datetime) -> tuple[str, str] | None:
    """Why a session cannot be like this within an event of these times: (why, field), or None."""
    if plan.starts_at >= plan.ends_at:
        return "The session has to end after it starts. Change one of the two times", "ends_at"
    if plan.starts_at < starts_at or plan.ends_at > ends_at:
        return f"The event is {_event_times(starts_at, ends_at)}. Choose times within it", "starts_at"
    if plan.kind == "workshop" and plan.places is None:
        return "Enter how many places the workshop has", "places"
    return _why_not_embargo(plan)


def _event_times(starts_at: datetime, ends_at: datetime) -> str:
    return f"on {day(starts_at)}, {time_range(starts_at, ends_at)}"


def _why_not_embargo(plan: Plan) -> tuple[str, str] | None:
    if plan.embargo_until is None:
        return None
    if not plan.covering_title:
        return "Enter the title that people see until the hour", "covering_title"
    if plan.embargo_until > plan.ends_at:
        return "This hour is after the session. Choose one before it ends", "embargo_until"
    return None


def why_not_there(
    others: Iterable[FullSession], room: str, starts_at: datetime, ends_at: datetime
) -> str | None:
    """Why a session cannot be in `room` at this time beside the `others` of that room.

    Names what is in the way.
    """
    for other in others:
        if other.starts_at < ends_at and starts_at < other.ends_at:
            times = time_range(other.starts_at, other.ends_at)
            return f"“{other.title}” is in {room} from {times}. Choose another room or another time"
    return None


def why_not_places(places: int, taken: int) -> str | None:
    """Why a workshop cannot have this many places, or None."""
    if places < taken:
        return f"{plural(taken, 'person has', 'people have')} a place already. Enter {taken} or more"
    return None


def why_not_remove(title: str, taken: int, waiting: int) -> str | None:
    """Why a session cannot be removed or stop being a workshop, or None."""
    chosen = taken + waiting
    if chosen:
        people = plural(chosen, "person has", "people have")
        return (
            f"{people} chosen “{title}”. Move it to another time or room instead, or change what it is about"
        )
    return None
