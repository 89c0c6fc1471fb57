"""Asking for the printed programme, by hand and by the schedule."""

from __future__ import annotations

from datetime import datetime

from backstage.documents.actions import ask_for_documents
from backstage.history.actions import record
from events.agenda.queries import event_and_sessions, visible_sessions_of
from events.programme import queries
from events.programme.queries import KIND
from events.programme.rules import fingerprint, subject_of
from events.set_up.queries import coming_event_facts
from outside import clock

JOB = "jobs.documents.make_programme"


def make_programme(who: int | None, event_slug: str) -> int:
    """Have the programme made from what may be shown now; gives the batch, whose progress can be watched.

    Raises NotHere where there is no such event.
    """
    event, sessions = event_and_sessions(event_slug, clock.now())
    scope = f"event:{event.event_id}"
    subject = subject_of(event.event_id, fingerprint(event, sessions))
    batch, _ = ask_for_documents(KIND, scope, [subject], who, JOB)
    record(who, "programme.make_programme", scope, scope)
    return batch


def make_stale_programmes(now: datetime) -> int:
    """Have the programmes made whose agenda changed or whose embargo ended; gives how many.

    For the schedule.
    """
    events = coming_event_facts(now)
    sessions = visible_sessions_of([event.event_id for event in events], now)
    wanted = {
        subject_of(event.event_id, fingerprint(event, sessions[event.event_id])): event.event_id
        for event in events
        if sessions[event.event_id]
    }
    there = queries.asked_for(list(wanted), now)
    missing = [subject for subject in wanted if subject not in there]
    for subject in missing:
        ask_for_documents(KIND, f"event:{wanted[subject]}", [subject], None, JOB)
    return len(missing)
