"""The mails about a registration. Dates and places go in as words, links on the configured public address."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from backstage.outbox.messages import Attachment, Message
from base import settings
from base.display import day_year, time_range
from events.agenda.rules import VisibleSession
from events.exchange.calendar_file import calendar_text
from events.registration.rules import ordinal
from events.set_up.rules import EventFacts


@dataclass(frozen=True)
class Chosen:
    """A workshop of somebody as a mail says it; position 0 is a place."""

    session: VisibleSession
    position: int = 0


@dataclass(frozen=True)
class Reader:
    """Whom a mail goes to, and the token of the personal link in it."""

    email: str
    badge_name: str
    reference: str
    token: str = ""


def _values(event: EventFacts, reader: Reader) -> dict[str, object]:
    address = settings.current().public_address
    return {
        "name": reader.badge_name,
        "event": event.name,
        "when": f"{day_year(event.starts_at)}, {time_range(event.starts_at, event.ends_at)}",
        "where": event.where,
        "reference": reader.reference,
        "support": event.support,
        "page": f"{address}/events/{event.slug}",
        "link": f"{address}/registrations/{reader.token}" if reader.token else "",
    }


def _line(chosen: Chosen) -> str:
    one = chosen.session
    words = f"{one.title}, {time_range(one.starts_at, one.ends_at)}, {one.room}"
    if one.content_note:
        words += f". Content note: {one.content_note}. {one.support}".rstrip()
    return words


def _lists(chosen: Iterable[Chosen]) -> dict[str, object]:
    chosen = list(chosen)
    return {
        "workshops": [_line(one) for one in chosen if not one.position],
        "waits": [f"{_line(one)}: you are {ordinal(one.position)} in line" for one in chosen if one.position],
    }


def _calendar(event: EventFacts, chosen: Iterable[Chosen]) -> tuple[Attachment, ...]:
    sessions = [one.session for one in chosen if not one.position]
    text = calendar_text(event, sessions, settings.current().public_address)
    return (Attachment(f"{event.slug}.ics", "text/calendar", text),)


def confirmed(event: EventFacts, reader: Reader, chosen: Sequence[Chosen]) -> Message:
    """They have a place: what they chose, a calendar file and their personal link."""
    return Message(
        reader.email,
        f"You have a place: {event.name}",
        "registration/confirmed",
        _values(event, reader) | _lists(chosen),
        _calendar(event, chosen),
    )


def on_waiting_list(
    event: EventFacts, reader: Reader, position: int, wishes: Sequence[VisibleSession]
) -> Message:
    """The event is full: where they stand, and their personal link."""
    more: dict[str, object] = {
        "position": ordinal(position),
        "wishes": [_line(Chosen(one)) for one in wishes],
    }
    return Message(
        reader.email,
        f"You are on the waiting list: {event.name}",
        "registration/on_waiting_list",
        _values(event, reader) | more,
    )


def already_registered(event: EventFacts, reader: Reader) -> Message:
    """Somebody registered with an address that is registered.

    Nothing changed, here is the link to change it.
    """
    return Message(
        reader.email,
        f"Your registration: {event.name}",
        "registration/already_registered",
        _values(event, reader),
    )


def changed(event: EventFacts, reader: Reader, chosen: Sequence[Chosen]) -> Message:
    """They changed what they chose: the whole of it again, with the calendar file of now."""
    return Message(
        reader.email,
        f"You changed your registration: {event.name}",
        "registration/changed",
        _values(event, reader) | _lists(chosen),
        _calendar(event, chosen),
    )


def cancelled(event: EventFacts, reader: Reader) -> Message:
    """They do not come: what was given back and how to register again."""
    return Message(
        reader.email, f"You cancelled: {event.name}", "registration/cancelled", _values(event, reader)
    )


def workshop_place(event: EventFacts, reader: Reader, session: VisibleSession) -> Message:
    """A place in a workshop became free and it is theirs."""
    more: dict[str, object] = {"title": session.title, "workshop": _line(Chosen(session))}
    return Message(
        reader.email,
        f"You have a place in {session.title}",
        "registration/workshop_place",
        _values(event, reader) | more,
        _calendar(event, [Chosen(session)]),
    )


def event_place(event: EventFacts, reader: Reader, chosen: Sequence[Chosen]) -> Message:
    """A place at the event became free and it is theirs."""
    return Message(
        reader.email,
        f"You have a place after all: {event.name}",
        "registration/event_place",
        _values(event, reader) | _lists(chosen),
        _calendar(event, chosen),
    )
