"""Hours, files and states that tests of documents share."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from backstage.documents.actions import Made
from backstage.documents.models import Document

NOW = datetime(2026, 9, 17, 9, 30, tzinfo=UTC)
MINUTE, MOMENT = timedelta(minutes=1), timedelta(microseconds=1)
DEAD = NOW + 5 * MINUTE + MOMENT
JOB = "jobs.documents.make_certificates"


def states(session):
    """The state of every document, by id."""
    session.expire_all()
    return [row.state for row in session.scalars(select(Document).order_by(Document.id))]


def made(claimed, name="x"):
    """Files for claimed documents."""
    return [Made(one.document_id, f"documents/{name}{one.document_id}", 100) for one in claimed]
