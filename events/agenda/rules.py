"""Sessions: what everybody may see of them at a moment, and what an organiser may make of them. Pure.

What a session is stands in one list: `Told` (what everybody hears in the end), `Plan` (and what only its
organisers know) and `Held` (what the house adds). Pages, columns, calendars and the printed programme follow
from it, each leaving out what is marked for it and nothing else. A new field is therefore hidden until the
hour of an embargo, changes calendars and makes a programme stale, unless its line here says otherwise.

`as_visible` is the one place that decides what an embargo hides. Everything that leaves the house about a
session (pages, calendars, the printed programme, mails) is made from what it gives.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import MISSING, dataclass, field, fields, replace
from datetime import datetime
from operator import attrgetter

from base.display import LONDON, YEAR, clock_time, day, day_and_time, plural, time_range
from base.errors import Refusal
from base.marks import all_but, mark
from events.set_up.rules import NOT_IN_CALENDARS, NOT_PRINTED

# Who spoke, after the event; that there was a session, and what about, stays.
SPEAKERS_KEPT = 6 * YEAR
KINDS = {"plenary": "For everybody", "workshop": "Workshop", "break": "Break", "open": "Open all the time"}
MOST_TITLE = 140
MOST_TEASER = 90
IN_THE_WAY = Refusal(
    "Another session has this room at this time. Choose another room or another time", "room_id"
)

# What everybody may know before the hour of an embargo. Everything else is hidden until then.
SHOWN = mark("shown before the hour of an embargo")
# What bookings and the number of changes are: shown, but neither calendars nor programmes follow them.
COUNTED = SHOWN | NOT_IN_CALENDARS | NOT_PRINTED


@dataclass(frozen=True)
class Told:
    """What everybody may know of a session in the end. `places` counts for workshops only.

    What is hidden before the hour needs a default that says nothing: that stands in its place.
    """

    title: str
    kind: str = field(metadata=SHOWN)
    room_id: int = field(metadata=SHOWN)
    starts_at: datetime = field(metadata=SHOWN)
    ends_at: datetime = field(metadata=SHOWN)
    about: str = ""
    speakers: str = ""
    content_note: str = ""
    support: str = ""
    places: int | None = field(default=None, metadata=SHOWN | NOT_IN_CALENDARS)


@dataclass(frozen=True)
class Plan(Told):
    """What an organiser says about a session: the title that covers it until the hour of its embargo, too."""

    covering_title: str = field(default="", metadata=SHOWN)
    embargo_until: datetime | None = field(default=None, metadata=SHOWN)


@dataclass(frozen=True)
class Held:
    """What is known of a session without having been typed into its form: room, bookings, changes."""

    session_id: int = field(metadata=SHOWN)
    room: str = field(metadata=SHOWN)
    room_words: str = field(metadata=SHOWN | NOT_IN_CALENDARS)
    room_position: int = field(metadata=SHOWN | NOT_IN_CALENDARS)
    sequence: int = field(metadata=COUNTED)
    changed_at: datetime = field(metadata=COUNTED)
    taken: int = field(metadata=COUNTED)
    waiting: int = field(metadata=COUNTED)


@dataclass(frozen=True)
class FullSession(Plan, Held):
    """A session with everything in it: for organisers, and for `as_visible`."""


@dataclass(frozen=True)
class VisibleSession(Told, Held):
    """What everybody may know about a session now.

    `revealed_at` is set only while something is still hidden.
    """

    revealed_at: datetime | None = field(default=None, metadata=SHOWN)

    @property
    def hidden(self) -> bool:
        """Whether this is a covering title for something that is told later."""
        return self.revealed_at is not None

    @property
    def teaser(self) -> str:
        """The beginning of what it is about, for the agenda."""
        return teaser(self.about)

    @property
    def reveal_words(self) -> str:
        """ "We will tell you what it is at 1pm on the day"; empty where nothing is hidden."""
        if self.revealed_at is None:
            return ""
        if _london_day(self.revealed_at) == _london_day(self.starts_at):
            return f"We will tell you what it is at {clock_time(self.revealed_at)} on the day"
        return f"We will tell you what it is on {day_and_time(self.revealed_at)}"


# Hidden until the hour, and never written into the history of a session that has or had an embargo.
HIDDEN = all_but(FullSession, SHOWN)


def _nothing_said() -> dict[str, object]:
    """What stands in the place of what is hidden, but for the title, which has one of its own.

    Raises TypeError for a hidden field without a default that says nothing.
    """
    silent = {one.name: one.default for one in fields(VisibleSession) if one.name in HIDDEN}
    del silent["title"]
    if MISSING in silent.values():
        raise TypeError(f"{silent}: a hidden field of a session needs a default that says nothing")
    return silent


_NOTHING_SAID = _nothing_said()
# What both hold, in VisibleSession's order; its own `revealed_at` comes after them.
_IN_BOTH = tuple(name for name in all_but(VisibleSession) if name in all_but(FullSession))
_in_both = attrgetter(*_IN_BOTH)


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
    """The number that calendars see: the end of an embargo changes what is seen, and counts as one change."""
    return sequence + (1 if _embargo_passed(embargo_until, now) else 0)


def as_visible(full: FullSession, now: datetime) -> VisibleSession:
    """What everybody may see of a session at `now`: everything, or only what covers it until its hour."""
    until = full.embargo_until
    if until is None:
        return VisibleSession(*_in_both(full))
    facts = dict(zip(_IN_BOTH, _in_both(full), strict=True))
    if is_hidden(until, now):
        facts |= _NOTHING_SAID | {"title": full.covering_title, "revealed_at": until}
    else:
        facts["sequence"] = shown_sequence(full.sequence, until, now)
        facts["changed_at"] = max(full.changed_at, until)
    return VisibleSession(**facts)


# What others can see the difference of; bookings and the two numbers themselves do not count.
_COUNTS_AS_CHANGE = all_but(VisibleSession, NOT_IN_CALENDARS)


def looks_different(before: VisibleSession, after: VisibleSession) -> bool:
    """Whether somebody who may see only the visible part can tell the two apart."""
    return any(getattr(before, name) != getattr(after, name) for name in _COUNTS_AS_CHANGE)


def next_sequence(
    before: VisibleSession, after: VisibleSession, embargo_after: datetime | None, now: datetime
) -> int:
    """The number to store after a change: the shown one goes up by one if others can see the difference."""
    shown = before.sequence + (1 if looks_different(before, after) else 0)
    return shown - (1 if _embargo_passed(embargo_after, now) else 0)


def why_not_plan(plan: Plan, starts_at: datetime, ends_at: datetime) -> Refusal | None:
    """Why a session cannot be like this within an event of these times, or None."""
    if plan.starts_at >= plan.ends_at:
        return Refusal("The session has to end after it starts. Change one of the two times", "ends_at")
    if plan.starts_at < starts_at or plan.ends_at > ends_at:
        times = f"on {day(starts_at)}, {time_range(starts_at, ends_at)}"
        return Refusal(f"The event is {times}. Choose times within it", "starts_at")
    if plan.kind == "workshop" and plan.places is None:
        return Refusal("Enter how many places the workshop has", "places")
    return _why_not_embargo(plan)


def _why_not_embargo(plan: Plan) -> Refusal | None:
    if plan.embargo_until is None:
        return None
    if not plan.covering_title:
        return Refusal("Enter the title that people see until the hour", "covering_title")
    if plan.embargo_until > plan.ends_at:
        return Refusal("This hour is after the session. Choose one before it ends", "embargo_until")
    return None


def why_not_there(
    others: Iterable[FullSession], room: str, starts_at: datetime, ends_at: datetime
) -> Refusal | None:
    """Why a session cannot be in `room` at this time beside the `others` of that room, or None.

    Names the session that is in the way. One may begin as another ends.
    """
    for other in others:
        if other.starts_at < ends_at and starts_at < other.ends_at:
            times = time_range(other.starts_at, other.ends_at)
            return Refusal(
                f"“{other.title}” is in {room} from {times}. Choose another room or another time", "room_id"
            )
    return None


def why_not_change(before: FullSession, plan: Plan) -> Refusal | None:
    """Why a session cannot become this where people hold its places or wait for them, or None."""
    if plan.kind == "workshop":
        return why_not_places(plan.places or 0, before.taken)
    why_not = why_not_remove(before.title, before.taken, before.waiting)
    return replace(why_not, field="kind") if why_not else None


def why_not_places(places: int, taken: int) -> Refusal | None:
    """Why a workshop cannot have this many places, or None."""
    if places < taken:
        people = plural(taken, "person has", "people have")
        return Refusal(f"{people} a place already. Enter {taken} or more", "places")
    return None


def why_not_remove(title: str, taken: int, waiting: int) -> Refusal | None:
    """Why a session cannot be removed, or None."""
    if not taken + waiting:
        return None
    people = plural(taken + waiting, "person has", "people have")
    return Refusal(
        f"{people} chosen “{title}”. Move it to another time or room instead, or change what it is about"
    )
