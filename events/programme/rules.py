"""The agenda as a grid of times and rooms, and what may be printed of it.

Pure: plain values in, plain values out.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from operator import attrgetter
from typing import Any, TypeVar

from backstage.documents.rules import Progress
from base.display import LONDON
from base.marks import all_but
from events.agenda.rules import VisibleSession
from events.set_up.rules import NOT_PRINTED, EventFacts

# These are for everybody, so they reach over the rooms beside theirs in which nothing else is on.
WIDE = ("plenary", "break")
# A square of the grid: which line, which column.
Square = tuple[int, int]


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


def days(sessions: Sequence[VisibleSession], states: Mapping[int, str]) -> tuple[Day, ...]:
    """The sessions as grids, one for each day in London; `states` says by id what is on now and next."""
    by_date: dict[date, list[VisibleSession]] = defaultdict(list)
    for session in sessions:
        by_date[london_date(session.starts_at)].append(session)
    return tuple(_day(by_date[at], states) for at in sorted(by_date))


def _day(sessions: Sequence[VisibleSession], states: Mapping[int, str]) -> Day:
    rooms = sorted({(one.room_position, one.room_id, one.room, one.room_words) for one in sessions})
    columns = {room_id: column for column, (_, room_id, _, _) in enumerate(rooms)}
    starts = sorted({session.starts_at for session in sessions})
    spans = {session.session_id: _span(session, starts) for session in sessions}
    held = {(line, columns[session.room_id]) for session in sessions for line in spans[session.session_id]}
    cells: dict[Square, Cell] = {}
    for session in sessions:
        span = spans[session.session_id]
        reach = _reach(session, span, columns[session.room_id], len(rooms), held)
        held |= {(line, column) for line in span for column in reach}
        state = states.get(session.session_id, "")
        cells[span[0], reach[0]] = Cell(session, len(span), len(reach), state)
    lines = tuple(
        Line(starts_at, tuple(_cells_of(line, len(rooms), cells, held)))
        for line, starts_at in enumerate(starts)
    )
    return Day(starts[0], tuple(Column(*room[1:]) for room in rooms), lines)


def _span(session: VisibleSession, starts: Sequence[datetime]) -> range:
    """The lines that a session covers: its own, and those of sessions that begin before it ends."""
    first = starts.index(session.starts_at)
    return range(first, first + sum(session.starts_at <= at < session.ends_at for at in starts))


def _reach(session: VisibleSession, span: range, column: int, rooms: int, held: set[Square]) -> range:
    """The columns that a session covers: its room's, and for everybody the free ones beside it."""
    first = last = column
    if session.kind in WIDE:
        while first > 0 and not any((line, first - 1) in held for line in span):
            first -= 1
        while last < rooms - 1 and not any((line, last + 1) in held for line in span):
            last += 1
    return range(first, last + 1)


def _cells_of(line: int, rooms: int, cells: Mapping[Square, Cell], held: set[Square]) -> Iterator[Cell]:
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
    event_id, _, sign = rest.partition(":")
    return (int(event_id), sign) if kind == "event" and event_id.isdigit() else (0, "")


def progress_words(progress: Progress) -> str:
    """How far the making of a programme is, in words."""
    return {
        "working": "The programme is being made",
        "failed": "It could not be made. Try again; if it fails again, tell the administrator",
        "done": "The programme is made",
    }[progress.state]
