"""Calendar files (.ics), made from what everybody may see.

Pure: the same facts give the same bytes, so an ETag or a cached copy of one can never hold more than its
readers may know.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC
from functools import lru_cache

from icalendar import Calendar, Event

from events.agenda.rules import VisibleSession
from events.set_up.rules import EventFacts

PRODUCT = "-//Chorus//Events//EN"


def calendar_text(event: EventFacts, sessions: Iterable[VisibleSession], address: str) -> str:
    """The calendar of an event and these sessions of it; `address` is the public address of this Chorus."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", event.name)
    head = calendar.to_ical().decode().removesuffix("END:VCALENDAR\r\n")
    parts = [_of_event(_without_counters(event), address)]
    parts += [_of_session(event.slug, event.where, _unbooked(one), address) for one in sessions]
    return head + "".join(parts) + "END:VCALENDAR\r\n"


def _without_counters(event: EventFacts) -> tuple[object, ...]:
    return (
        event.event_id,
        event.slug,
        event.name,
        event.blurb,
        event.where,
        event.starts_at,
        event.ends_at,
        event.sequence,
        event.changed_at,
    )


def _unbooked(one: VisibleSession) -> tuple[object, ...]:
    words = [f"Content note: {one.content_note}. {one.support}".strip()] if one.content_note else []
    words += [text for text in (one.about, one.speakers, one.reveal_words) if text]
    return (
        one.session_id,
        one.title,
        one.room,
        "\n\n".join(words),
        one.starts_at,
        one.ends_at,
        one.sequence,
        one.changed_at,
    )


# Writing a calendar entry costs a millisecond, and registering for a popular event writes the same ones all
# day. The keys are everything that is written, so what comes back is never older than what was asked for.
@lru_cache(maxsize=512)
def _of_event(facts: tuple[object, ...], address: str) -> str:
    number, slug, name, blurb, where, starts_at, ends_at, sequence, changed_at = facts
    entry = _entry(f"event-{number}", address, starts_at, ends_at, sequence, changed_at)
    entry.add("summary", name)
    entry.add("location", where)
    entry.add("description", blurb)
    entry.add("url", f"{address}/events/{slug}")
    # The day itself does not block one's calendar: the sessions do.
    entry.add("transp", "TRANSPARENT")
    return entry.to_ical().decode()


@lru_cache(maxsize=2048)
def _of_session(slug: str, where: str, facts: tuple[object, ...], address: str) -> str:
    number, title, room, words, starts_at, ends_at, sequence, changed_at = facts
    entry = _entry(f"session-{number}", address, starts_at, ends_at, sequence, changed_at)
    entry.add("summary", title)
    entry.add("location", ", ".join(part for part in (str(room), where) if part))
    entry.add("description", words)
    entry.add("url", f"{address}/events/{slug}/sessions/{number}")
    return entry.to_ical().decode()


def _entry(
    name: str, address: str, starts_at: object, ends_at: object, sequence: object, changed_at: object
) -> Event:
    entry = Event()
    entry.add("uid", f"{name}@{address.partition('://')[2]}")
    entry.add("sequence", sequence)
    for key, moment in (("dtstamp", changed_at), ("dtstart", starts_at), ("dtend", ends_at)):
        entry.add(key, moment.astimezone(UTC))  # type: ignore[attr-defined]
    return entry
