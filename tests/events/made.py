"""An event and sessions as plain values, for tests of rules."""

from __future__ import annotations

from dataclasses import replace

from events.agenda.rules import FullSession, Plan, VisibleSession, as_visible
from events.set_up.rules import EventFacts
from tests.events.symphony import at, details

NOT_YET = at("8:00")
EVENT = EventFacts(
    event_id=7,
    slug="symphony",
    **vars(details()),
    taken=0,
    waiting=0,
    version=0,
    sequence=0,
    changed_at=at("0:00"),
    invented=False,
)


def full(number: int = 1, starts: str = "9:00", ends: str = "10:00", **changed: object) -> FullSession:
    """A workshop with places for ten, with anything changed."""
    plain = FullSession(
        session_id=number,
        room_id=1,
        room="Studio",
        room_words="step-free",
        room_position=1,
        kind="workshop",
        title=f"Session {number}",
        about="",
        speakers="",
        content_note="",
        support="",
        starts_at=at(starts),
        ends_at=at(ends),
        covering_title="",
        embargo_until=None,
        sequence=0,
        changed_at=at("0:00"),
        places=10,
        taken=0,
        waiting=0,
    )
    return replace(plain, **changed)  # type: ignore[arg-type]


def visible(number: int = 1, starts: str = "9:00", ends: str = "10:00", **changed: object) -> VisibleSession:
    """The same as everybody sees it before the event."""
    return as_visible(full(number, starts, ends, **changed), NOT_YET)


def plan(**changed: object) -> Plan:
    """A workshop of an hour, with anything changed."""
    plain = Plan("Storytelling", "workshop", 1, at("9:00"), at("10:00"), places=10)
    return replace(plain, **changed)  # type: ignore[arg-type]
