"""What the organiser's desk shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from backstage.documents.models import Document
from backstage.documents.rules import Progress
from events.agenda.queries import all_sessions
from events.agenda.rules import FullSession, as_visible, is_hidden
from events.needs.queries import count_needs
from events.programme.queries import newest_batch, programme_of
from events.registration.queries import count_double_booked, count_registrations
from events.set_up.queries import event_facts
from events.set_up.rules import EventFacts


@dataclass(frozen=True)
class Desk:
    """What an organiser sees first."""

    event: EventFacts
    sessions: tuple[FullSession, ...]
    full: tuple[FullSession, ...]
    secret: tuple[FullSession, ...]
    registrations: dict[str, int]
    access_needs: int
    double_booked: int
    programme: Document | None
    batch: Progress | None


def desk_of(event_slug: str, now: datetime) -> Desk:
    """Everything of the organiser's desk; raises NotHere."""
    event = event_facts(event_slug)
    sessions = all_sessions(event.event_id)
    access, _ = count_needs(event.event_id)
    return Desk(
        event=event,
        sessions=sessions,
        full=tuple(session for session in sessions if session.waiting),
        secret=tuple(session for session in sessions if is_hidden(session.embargo_until, now)),
        registrations=count_registrations(event.event_id),
        access_needs=access,
        double_booked=count_double_booked(event.event_id),
        programme=programme_of(event, tuple(as_visible(session, now) for session in sessions)),
        batch=newest_batch(event.event_id),
    )
