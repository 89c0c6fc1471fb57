"""Places of an event or of one of its workshops: how many there are, who has one, who waits. Pure.

A place is free or taken. Who asks for one while none is free, or while others wait, gets a position in line.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from events.agenda.rules import VisibleSession
from events.set_up.rules import EventFacts


@dataclass(frozen=True)
class Place:
    """A place was, or would be, given."""

    state: ClassVar[str] = "placed"


@dataclass(frozen=True)
class Position:
    """No place, but the position `number` in line, which begins with 1."""

    state: ClassVar[str] = "waiting"
    number: int

    @property
    def words(self) -> str:
        """ "1st", "2nd", "13th"."""
        ending = {1: "st", 2: "nd", 3: "rd"}.get(self.number % 10, "th")
        return f"{self.number}{'th' if self.number % 100 in (11, 12, 13) else ending}"


Standing = Place | Position


@dataclass(frozen=True)
class Places:
    """The counters of an event or a workshop.

    A place on offer until an hour will be neither free nor taken: it gets a counter of its own in both
    tables, which is taken off in `left` and in `_free` of actions.py, and nowhere else.
    """

    total: int
    taken: int
    waiting: int

    @property
    def left(self) -> int:
        """How many places newcomers can have: none while somebody waits."""
        return 0 if self.waiting else max(0, self.total - self.taken)

    @property
    def for_newcomer(self) -> Standing:
        """What the next person to ask would get."""
        return Place() if self.left else Position(self.waiting + 1)


def places_at(event: EventFacts) -> Places:
    """The places of an event."""
    return Places(event.capacity, event.taken, event.waiting)


def places_in(session: VisibleSession) -> Places:
    """The places of a workshop; a session that is none has none."""
    return Places(session.places or 0, session.taken, session.waiting)
