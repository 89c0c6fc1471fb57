"""The agenda as a grid of times and rooms, and what may be printed of it.

Pure: plain values in, plain values out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from operator import attrgetter
from typing import Any, TypeVar

from base.display import LONDON
from base.marks import all_but
from events.agenda.rules import VisibleSession
from events.set_up.rules import NOT_PRINTED, EventFacts

# These are for everybody, so they reach over the rooms beside theirs in which nothing else is on.
WIDE = ("plenary", "break")


@dataclass(frozen=True)
class Column:
    """A room at the head of the grid."""

    room_id: int
    name: str
    words: str


@dataclass(frozen=True)
class Cell:
    """A session in the grid, over so many lines and columns; or an empty place.

    `state` is "now", "next" or "".
    """

    session: VisibleSession | None = None
    lines: int = 1
    columns: int = 1
    state: str = ""


@dataclass(frozen=True)
class Line:
    """What begins at one time, by room."""

    starts_at: datetime
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Day:
    """One day's grid."""

    starts_at: datetime
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]


def london_date(when: datetime) -> date:
    """The date of a moment on a calendar in London."""
    return when.astimezone(LONDON).date()


def days(sessions: Sequence[VisibleSession], state: Mapping[int, str]) -> tuple[Day, ...]:
    """The sessions as grids, one for each day; `state` says what is on now and what comes next."""
    dates = sorted({london_date(one.starts_at) for one in sessions})
    return tuple(_day([one for one in sessions if london_date(one.starts_at) == at], state) for at in dates)


def _day(sessions: Sequence[VisibleSession], state: Mapping[int, str]) -> Day:
    rooms = sorted({(one.room_position, one.room_id, one.room, one.room_words) for one in sessions})
    place = {room_id: index for index, (_, room_id, _, _) in enumerate(rooms)}
    starts = sorted({one.starts_at for one in sessions})
    spans = {one.session_id: _lines(one, starts) for one in sessions}
    held = {(line, place[one.room_id]): one.session_id for one in sessions for line in spans[one.session_id]}
    cells: dict[tuple[int, int], Cell] = {}
    for one in sessions:
        span = spans[one.session_id]
        first, columns = _reach(one, span, place[one.room_id], len(rooms), held)
        cells[span[0], first] = Cell(one, len(span), columns, state.get(one.session_id, ""))
    lines = tuple(
        Line(at, tuple(_cells_of(number, len(rooms), cells, held))) for number, at in enumerate(starts)
    )
    return Day(starts[0], tuple(Column(*room[1:]) for room in rooms), lines)


def _lines(one: VisibleSession, starts: Sequence[datetime]) -> range:
    """The lines that a session covers: its own, and those of sessions that begin before it ends."""
    first = starts.index(one.starts_at)
    return range(first, first + sum(one.starts_at <= at < one.ends_at for at in starts))


def _reach(
    one: VisibleSession, span: range, column: int, rooms: int, held: dict[tuple[int, int], int]
) -> tuple[int, int]:
    """The first column of a session and how many it covers; what it reaches over is held from then on."""
    first = last = column
    if one.kind in WIDE:
        while first > 0 and not any((line, first - 1) in held for line in span):
            first -= 1
        while last < rooms - 1 and not any((line, last + 1) in held for line in span):
            last += 1
        held |= {(line, at): one.session_id for line in span for at in range(first, last + 1)}
    return first, last - first + 1


def _cells_of(
    line: int, rooms: int, cells: dict[tuple[int, int], Cell], held: dict[tuple[int, int], int]
) -> Iterator[Cell]:
    for column in range(rooms):
        if (line, column) in cells:
            yield cells[line, column]
        elif (line, column) not in held:
            yield Cell()


_OF_EVENT = attrgetter(*all_but(EventFacts, NOT_PRINTED))
_OF_SESSION = attrgetter(*all_but(VisibleSession, NOT_PRINTED))


def fingerprint(event: EventFacts, sessions: Iterable[VisibleSession]) -> str:
    """A short sign of everything that a programme may print; a programme made of another sign is stale.

    It comes from the visible part alone, so it cannot give away what an embargo hides.
    """
    facts = [*_OF_EVENT(event)]
    for session in sessions:
        facts += _OF_SESSION(session)
    written = "\x1f".join(
        fact.astimezone(UTC).isoformat() if isinstance(fact, datetime) else repr(fact) for fact in facts
    )
    return hashlib.sha256(written.encode()).hexdigest()[:20]


Printed = TypeVar("Printed", EventFacts, VisibleSession)


def printable(facts: Printed) -> Printed:
    """An event or a session with None for all that the fingerprint leaves out, so that nothing prints it."""
    known, printed = vars(facts), all_but(type(facts), NOT_PRINTED)
    blanked: dict[str, Any] = {name: known[name] if name in printed else None for name in known}
    return type(facts)(**blanked)


def subject_of(event_id: int, sign: str) -> str:
    """What a document row of a programme is about: the event and the sign of what it may print."""
    return f"event:{event_id}:{sign}"


def read_subject(subject: str) -> tuple[int, str]:
    """The event's id and the sign of a subject; (0, "") for anything else."""
    kind, _, rest = subject.partition(":")
    number, _, sign = rest.partition(":")
    return (int(number), sign) if kind == "event" and number.isdigit() else (0, "")
