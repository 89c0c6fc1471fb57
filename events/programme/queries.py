"""What the event's pages, its programme and the organiser's desk show."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from backstage.documents.models import Batch, Document
from backstage.documents.queries import Progress, batches_of, newest_made
from backstage.documents.rules import DocumentPage
from base.art import bars_svg
from base.database import db
from events.agenda.queries import all_sessions, visible_sessions, visible_sessions_of
from events.agenda.rules import FullSession, VisibleSession, as_visible, is_hidden
from events.programme.rules import days, fingerprint, read_subject, subject_of
from events.registration.lists import count_double_booked, count_needs, count_registrations
from events.set_up.queries import event_facts, event_facts_by_id
from events.set_up.rules import EventFacts

KIND = "programme"
FAILED_RESTS = timedelta(hours=1)
TEMPLATE, STYLESHEET = "documents/programme.html", "programme.css"


@dataclass(frozen=True)
class Desk:
    """What an organiser sees first."""

    event: EventFacts
    sessions: tuple[FullSession, ...]
    full: tuple[FullSession, ...]
    secret: tuple[FullSession, ...]
    registrations: dict[str, int]
    access_needs: int
    dietary_needs: int
    double_booked: int
    programme: Document | None
    batch: Progress | None


def event_page(event: str, now: datetime) -> tuple[EventFacts, tuple[VisibleSession, ...]]:
    """An event and what everybody may see of its sessions now; raises NotHere."""
    facts = event_facts(event)
    return facts, visible_sessions(facts.event_id, now)


def programme_of(event: EventFacts, sessions: Sequence[VisibleSession]) -> Document | None:
    """The newest programme made of exactly what may be shown now; None while there is none (yet)."""
    return newest_made(KIND, subject_of(event.event_id, fingerprint(event, sessions)))


def signs_asked_for(subjects: Sequence[str], now: datetime) -> set[str]:
    """Those of these subjects whose programme is made, being made or waited for, or could not be made
    lately.
    """
    lately = Batch.asked_at > now - FAILED_RESTS
    return set(
        db.session.scalars(
            select(Document.subject)
            .join(Batch, Batch.id == Document.batch_id)
            .where(
                Document.kind == KIND, Document.subject.in_(subjects), (Document.state != "failed") | lately
            )
        )
    )


def newest_batch(event_id: int) -> Progress | None:
    """How far the newest making of an event's programme is."""
    batches = batches_of(f"event:{event_id}", KIND)
    return batches[0] if batches else None


def desk_of(event: str, now: datetime) -> Desk:
    """Everything of the organiser's desk; raises NotHere."""
    facts = event_facts(event)
    sessions = all_sessions(facts.event_id)
    visible = tuple(as_visible(one, now) for one in sessions)
    access, dietary = count_needs(facts.event_id)
    return Desk(
        event=facts,
        sessions=sessions,
        full=tuple(one for one in sessions if one.waiting),
        secret=tuple(one for one in sessions if is_hidden(one.embargo_until, now)),
        registrations=count_registrations(facts.event_id),
        access_needs=access,
        dietary_needs=dietary,
        double_booked=count_double_booked(facts.event_id),
        programme=programme_of(facts, visible),
        batch=newest_batch(facts.event_id),
    )


def pages_of(subjects: Sequence[str], now: datetime) -> dict[str, DocumentPage]:
    """What becomes the programme of each subject ("event:2:sign").

    A subject whose sign is not that of what may be shown at `now` is left out: the agenda has changed, or an
    embargo has ended, since it was asked for, and the schedule asks anew.
    """
    wanted = {subject: read_subject(subject) for subject in subjects}
    numbers = sorted({number for number, _ in wanted.values()})
    events, sessions = event_facts_by_id(numbers), visible_sessions_of(numbers, now)
    return {
        subject: DocumentPage(TEMPLATE, STYLESHEET, printed(events[number], sessions[number]))
        for subject, (number, sign) in wanted.items()
        if number in events and sign == fingerprint(events[number], sessions[number])
    }


def printed(event: EventFacts, sessions: tuple[VisibleSession, ...]) -> dict[str, object]:
    """The values of templates/documents/programme.html.

    Plain ones, and nothing that a fingerprint leaves out.
    """
    rooms = {one.room_id: (one.room_position, one.room, one.room_words) for one in sessions}
    art = bars_svg(event.slug, palette="teal", bars=34, width=640, height=420, standalone=True)
    return {
        "event": event,
        "days": days(sessions, {}),
        "sessions": sessions,
        "rooms": [room[1:] for room in sorted(rooms.values())],
        "art": "data:image/svg+xml;base64," + base64.b64encode(art.encode()).decode(),
    }
