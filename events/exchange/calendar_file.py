"""Calendar files (.ics), made from what everybody may see.

Pure: the same facts give the same bytes, so an ETag or a cached copy of one can never hold more than its
readers may know.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC
from functools import lru_cache
from operator import attrgetter
from typing import Any

from icalendar import Calendar, Event

from base.marks import all_but
from events.agenda.rules import Told, VisibleSession
from events.set_up.rules import NOT_IN_CALENDARS, EventFacts

PRODUCT = "-//Chorus//Events//EN"


# What an entry is made of: all of a session but what calendars do not follow, and the number of its changes.
_FOLLOWED = (*all_but(VisibleSession, NOT_IN_CALENDARS), "sequence", "changed_at")
_facts_of = attrgetter(*_FOLLOWED)
_NOT_WRITTEN: dict[str, Any] = dict.fromkeys(all_but(VisibleSession))
# What stands elsewhere in an entry than among its words, or not as it is.
_ELSEWHERE = ("title", "kind", "room_id", "starts_at", "ends_at", "content_note", "support", "places")
_SAID = tuple(name for name in all_but(Told) if name not in _ELSEWHERE)


def calendar_text(event: EventFacts, sessions: Iterable[VisibleSession], address: str) -> str:
    """The calendar of an event and these sessions of it; `address` is the public address of this Chorus."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", event.name)
    head = calendar.to_ical().decode().removesuffix("END:VCALENDAR\r\n")
    # Bookings are left out of the key, and so cannot be written.
    parts = [_of_event(replace(event, taken=0, waiting=0, version=0), address)]
    parts += [_of_session(event.slug, event.where, _facts_of(session), address) for session in sessions]
    return head + "".join(parts) + "END:VCALENDAR\r\n"


# Writing a calendar entry costs a millisecond, and registering for a popular event writes the same ones all
# day. The keys are everything that is written, so what comes back is never older than what was asked for.
@lru_cache(maxsize=512)
def _of_event(event: EventFacts, address: str) -> str:
    entry = _entry(f"event-{event.event_id}", address, event)
    entry.add("summary", event.name)
    entry.add("location", event.where)
    entry.add("description", event.blurb)
    entry.add("url", f"{address}/events/{event.slug}")
    # The day itself does not block one's calendar: the sessions do.
    entry.add("transp", "TRANSPARENT")
    return entry.to_ical().decode()


@lru_cache(maxsize=2048)
def _of_session(slug: str, where: str, facts: tuple[Any, ...], address: str) -> str:
    session = VisibleSession(**_NOT_WRITTEN | dict(zip(_FOLLOWED, facts, strict=True)))
    entry = _entry(f"session-{session.session_id}", address, session)
    entry.add("summary", session.title)
    entry.add("location", ", ".join(part for part in (session.room, where) if part))
    entry.add("description", _words(session))
    entry.add("url", f"{address}/events/{slug}/sessions/{session.session_id}")
    return entry.to_ical().decode()


def _words(session: VisibleSession) -> str:
    """What may distress first, then all that is said of the session, then when a surprise is told."""
    note = f"Content note: {session.content_note}. {session.support}" if session.content_note else ""
    said = [str(getattr(session, name) or "") for name in _SAID]
    return "\n\n".join(part for part in (note.strip(), *said, session.reveal_words) if part)


def _entry(name: str, address: str, about: EventFacts | VisibleSession) -> Event:
    entry = Event()
    entry.add("uid", f"{name}@{address.partition('://')[2]}")
    entry.add("sequence", about.sequence)
    moments = {"dtstamp": about.changed_at, "dtstart": about.starts_at, "dtend": about.ends_at}
    for key, moment in moments.items():
        entry.add(key, moment.astimezone(UTC))
    return entry
