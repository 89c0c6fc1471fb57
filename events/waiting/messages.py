"""The mails to those whose turn has come."""

from __future__ import annotations

from collections.abc import Sequence

from backstage.outbox.messages import Message
from events.agenda.rules import VisibleSession
from events.places.rules import Place
from events.registration.messages import (
    Addressee,
    Chosen,
    about_event,
    about_workshops,
    calendar_of,
    line_of,
)
from events.set_up.rules import EventFacts


def workshop_place(event: EventFacts, to: Addressee, session: VisibleSession) -> Message:
    """A place in a workshop became free and it is theirs."""
    more: dict[str, object] = {"title": session.title, "workshop": line_of(session)}
    return Message(
        to.email,
        f"You have a place in {session.title}",
        "waiting/workshop_place",
        about_event(event, to) | more,
        calendar_of(event, [Chosen(session, Place())]),
    )


def event_place(event: EventFacts, to: Addressee, chosen: Sequence[Chosen]) -> Message:
    """A place at the event became free and it is theirs."""
    return Message(
        to.email,
        f"You have a place after all: {event.name}",
        "waiting/event_place",
        about_event(event, to) | about_workshops(chosen),
        calendar_of(event, chosen),
    )
