"""The mails about a registration. Dates and places go in as words, links on the configured public address.

The upper half is what they have in common, also with those of events/waiting.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from backstage.outbox.messages import Attachment, Message
from base import settings
from base.display import day_year, time_range
from events.agenda.rules import VisibleSession
from events.exchange.calendar_file import calendar_text
from events.places.rules import Place, Position, Standing
from events.set_up.rules import EventFacts


@dataclass(frozen=True)
class Chosen:
    """A workshop of somebody as a mail says it, and whether they have a place in it."""

    session: VisibleSession
    standing: Standing


@dataclass(frozen=True)
class Addressee:
    """Whom a mail goes to, and the token of the personal link in it."""

    email: str
    badge_name: str
    reference: str
    token: str = ""


def about_event(event: EventFacts, to: Addressee) -> dict[str, object]:
    """The values of every mail about a registration."""
    return {
        "name": to.badge_name,
        "event": event.name,
        "when": f"{day_year(event.starts_at)}, {time_range(event.starts_at, event.ends_at)}",
        "where": event.where,
        "reference": to.reference,
        "support": event.support,
        "page": settings.page_address(f"/events/{event.slug}"),
        "link": settings.page_address(f"/registrations/{to.token}") if to.token else "",
    }


def line_of(session: VisibleSession) -> str:
    """A workshop as a line: title, time, room, then its content note with where support is."""
    words = f"{session.title}, {time_range(session.starts_at, session.ends_at)}, {session.room}"
    if session.content_note:
        words += f". Content note: {session.content_note}. {session.support}".rstrip()
    return words


def about_workshops(chosen: Iterable[Chosen]) -> dict[str, object]:
    """Values: the lines of the workshops with a place, and of those that one waits for."""
    workshops, waits = [], []
    for one in chosen:
        if isinstance(one.standing, Position):
            waits.append(f"{line_of(one.session)}: you are {one.standing.words} in line")
        else:
            workshops.append(line_of(one.session))
    return {"workshops": workshops, "waits": waits}


def calendar_of(event: EventFacts, chosen: Iterable[Chosen]) -> tuple[Attachment, ...]:
    """The calendar file of the event and the workshops with a place."""
    sessions = [one.session for one in chosen if isinstance(one.standing, Place)]
    text = calendar_text(event, sessions, settings.current().public_address)
    return (Attachment(f"{event.slug}.ics", "text/calendar", text),)


def confirmed(event: EventFacts, to: Addressee, chosen: Sequence[Chosen]) -> Message:
    """They have a place: what they chose, a calendar file and their personal link."""
    return Message(
        to.email,
        f"You have a place: {event.name}",
        "registration/confirmed",
        about_event(event, to) | about_workshops(chosen),
        calendar_of(event, chosen),
    )


def on_waiting_list(
    event: EventFacts, to: Addressee, position: Position, wishes: Sequence[VisibleSession]
) -> Message:
    """The event is full: where they stand, and their personal link."""
    more: dict[str, object] = {
        "position": position.words,
        "wishes": [line_of(one) for one in wishes],
    }
    return Message(
        to.email,
        f"You are on the waiting list: {event.name}",
        "registration/on_waiting_list",
        about_event(event, to) | more,
    )


def already_registered(event: EventFacts, to: Addressee) -> Message:
    """Somebody registered with an address that is registered: nothing changed, and how to change it."""
    return Message(
        to.email,
        f"Your registration: {event.name}",
        "registration/already_registered",
        about_event(event, to),
    )


def changed(event: EventFacts, to: Addressee, chosen: Sequence[Chosen]) -> Message:
    """They changed what they chose: the whole of it again, with the calendar file of now."""
    return Message(
        to.email,
        f"You changed your registration: {event.name}",
        "registration/changed",
        about_event(event, to) | about_workshops(chosen),
        calendar_of(event, chosen),
    )


def cancelled(event: EventFacts, to: Addressee) -> Message:
    """They do not come: what was given back and how to register again."""
    return Message(to.email, f"You cancelled: {event.name}", "registration/cancelled", about_event(event, to))
