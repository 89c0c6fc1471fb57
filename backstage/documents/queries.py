"""How far a batch is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, select

from backstage.documents.models import Batch, Document
from backstage.documents.rules import Progress
from base.database import db
from base.errors import NotHere


def _progress() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Batch.id.label("batch_id"),
            Batch.kind,
            Batch.total,
            Batch.asked_at,
            func.count(Document.id).filter(Document.state == "made").label("made"),
            func.count(Document.id).filter(Document.state == "failed").label("failed"),
        )
        .join(Document, Document.batch_id == Batch.id, isouter=True)
        .group_by(Batch.id)
    )


def progress_of(scope: str, batch_id: int) -> Progress:
    """How far one batch of a scope ("scheme:3") is; raises NotHere."""
    row = db.session.execute(_progress().where(Batch.scope == scope, Batch.id == batch_id)).one_or_none()
    if row is None:
        raise NotHere
    return Progress(**row._mapping)


def batches_of(scope: str, kind: str) -> Sequence[Progress]:
    """All batches of a kind in a scope, newest first."""
    rows = db.session.execute(
        _progress().where(Batch.scope == scope, Batch.kind == kind).order_by(Batch.id.desc())
    ).all()
    return [Progress(**row._mapping) for row in rows]


def newest_made(kind: str, subject: str) -> Document | None:
    """The newest document of a kind for a subject ("event:2") that has been made, or None."""
    return db.session.scalars(
        select(Document)
        .where(Document.kind == kind, Document.subject == subject, Document.state == "made")
        .order_by(Document.id.desc())
        .limit(1)
    ).one_or_none()
