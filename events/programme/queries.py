"""Programmes: which are made, which are asked for, and what becomes one."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select

from backstage.documents.models import Batch, Document
from backstage.documents.queries import batches_of, newest_made
from backstage.documents.rules import DocumentPage, Progress
from base.art import bars_svg
from base.database import db
from events.agenda.queries import visible_sessions_of
from events.agenda.rules import VisibleSession
from events.programme.rules import days, fingerprint, printable, read_subject, subject_of
from events.set_up.queries import event_facts_by_id
from events.set_up.rules import EventFacts

KIND = "programme"
FAILED_RESTS = timedelta(hours=1)
TEMPLATE, STYLESHEET = "documents/programme.html", "programme.css"


def programme_of(event: EventFacts, sessions: Sequence[VisibleSession]) -> Document | None:
    """The newest programme made of exactly what may be shown now; None while there is none (yet)."""
    return newest_made(KIND, subject_of(event.event_id, fingerprint(event, sessions)))


def asked_for(subjects: Sequence[str], now: datetime) -> set[str]:
    """Those of these subjects whose programme is made, waited for or being made, or failed lately."""
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
    """How far the newest making of an event's programme is; None where nobody asked for one."""
    batches = batches_of(f"event:{event_id}", KIND)
    return batches[0] if batches else None


def pages_of(subjects: Sequence[str], now: datetime) -> dict[str, DocumentPage]:
    """What becomes the programme of each subject ("event:2:sign").

    A subject whose sign is not that of what may be shown at `now` is left out: the agenda has changed, or an
    embargo has ended, since it was asked for, and the schedule asks anew.
    """
    wanted = {subject: read_subject(subject) for subject in subjects}
    event_ids = sorted({event_id for event_id, _ in wanted.values()})
    events, sessions = event_facts_by_id(event_ids), visible_sessions_of(event_ids, now)
    return {
        subject: DocumentPage(TEMPLATE, STYLESHEET, printed(events[event_id], sessions[event_id]))
        for subject, (event_id, sign) in wanted.items()
        if event_id in events and sign == fingerprint(events[event_id], sessions[event_id])
    }


def printed(event: EventFacts, sessions: tuple[VisibleSession, ...]) -> dict[str, object]:
    """The values of templates/documents/programme.html: plain, and nothing that a fingerprint leaves out."""
    event, sessions = printable(event), tuple(printable(session) for session in sessions)
    rooms = {
        session.room_id: (session.room_position, session.room, session.room_words) for session in sessions
    }
    art = bars_svg(event.slug, palette="teal", bars=34, width=640, height=420, standalone=True)
    return {
        "event": event,
        "days": days(sessions, {}),
        "sessions": sessions,
        "rooms": [room[1:] for room in sorted(rooms.values())],
        "art": "data:image/svg+xml;base64," + base64.b64encode(art.encode()).decode(),
    }
