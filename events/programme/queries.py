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


def progress_words(batch: Progress) -> dict[str, object]:
    """How far a making is, for the page and its progress bar: "state" is working, failed or done."""
    if not batch.finished:
        state, words = "working", "The programme is being made"
    elif batch.failed:
        state, words = "failed", "It could not be made. Try again; if it fails again, tell the administrator"
    else:
        state, words = "done", "The programme is made"
    return {
        "batch": batch.batch_id,
        "done": batch.made + batch.failed,
        "total": batch.total,
        "state": state,
        "words": words,
    }


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
    """The values of templates/documents/programme.html: plain, and nothing that a fingerprint leaves out."""
    event, sessions = printable(event), tuple(printable(session) for session in sessions)
    rooms = {one.room_id: (one.room_position, one.room, one.room_words) for one in sessions}
    art = bars_svg(event.slug, palette="teal", bars=34, width=640, height=420, standalone=True)
    return {
        "event": event,
        "days": days(sessions, {}),
        "sessions": sessions,
        "rooms": [room[1:] for room in sorted(rooms.values())],
        "art": "data:image/svg+xml;base64," + base64.b64encode(art.encode()).decode(),
    }
