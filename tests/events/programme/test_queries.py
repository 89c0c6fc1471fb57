"""Which programmes are made and asked for, and what becomes one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from backstage.documents.models import Batch, Document
from events.agenda.queries import event_and_sessions
from events.programme import actions, queries
from events.programme.rules import fingerprint, subject_of
from outside import clock
from tests.events.symphony import SLUG, at, make_symphony


def subject(slug: str = SLUG, now=None) -> str:
    """What the programme of an event is about now."""
    event, sessions = event_and_sessions(slug, now or clock.now())
    return subject_of(event.event_id, fingerprint(event, sessions))


def test_programme_of_is_the_newest_that_is_made(symphony, db_session):
    event, sessions = event_and_sessions(SLUG, clock.now())
    assert queries.programme_of(event, sessions) is None
    for _ in range(3):
        actions.make_programme(None, SLUG)
    first, second, third = db_session.scalars(select(Document).order_by(Document.id))
    for made in (first, second):
        made.state, made.storage_name = "made", f"documents/{made.id}.pdf"
    db_session.flush()
    assert queries.programme_of(event, sessions) == second
    assert third.state == "waiting"


@pytest.mark.parametrize(
    ("state", "hours", "there"),
    [
        ("waiting", 2, True),
        ("making", 2, True),
        ("made", 2, True),
        ("failed", 0, True),
        ("failed", 1, False),
        ("failed", 2, False),
    ],
)
def test_asked_for_forgets_what_failed_an_hour_ago(symphony, db_session, state, hours, there):
    actions.make_programme(None, SLUG)
    document = db_session.scalars(select(Document)).one()
    document.state, document.storage_name = state, "documents/1.pdf" if state == "made" else None
    asked_at = db_session.scalars(select(Batch.asked_at)).one()
    found = queries.asked_for([subject(), "event:1:else"], asked_at + timedelta(hours=hours))
    assert found == ({subject()} if there else set())


def test_newest_batch_is_the_last_that_was_asked_for_of_the_event(symphony, db_session):
    assert queries.newest_batch(symphony.event_id) is None
    make_symphony("other")
    actions.make_programme(None, SLUG)
    newest = actions.make_programme(None, SLUG)
    actions.make_programme(None, "other")
    found = queries.newest_batch(symphony.event_id)
    assert (found and found.batch_id, found and found.total) == (newest, 1)


def test_pages_of_leaves_out_what_is_no_longer_so(symphony, db_session):
    make_symphony("other")
    early, late = subject(now=at("12:59")), subject(now=at("13:00"))
    asked = [early, late, subject("other", at("12:59")), "event:999999:sign", "scheme:1"]
    pages = queries.pages_of(asked, at("12:59"))
    assert list(pages) == [early, asked[2]]
    assert [page.values["event"].slug for page in pages.values()] == [SLUG, "other"]  # type: ignore[attr-defined]


def test_printed_names_the_rooms_that_are_used_in_their_order(symphony, db_session):
    values = queries.printed(*event_and_sessions(SLUG, clock.now()))
    assert values["rooms"] == [
        ("Main hall", "step-free, hearing loop"),
        ("Studio", "step-free"),
        ("Garden room", "three steps"),
        ("Quiet room", "open all day, step-free"),
    ]
    assert {session.taken for session in values["sessions"]} == {None}  # type: ignore[attr-defined]
