"""How far a batch is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from backstage.documents.models import Batch, Document
from base.database import db
from base.errors import NotHere


@dataclass(frozen=True)
class Progress:
    """A batch as its progress bar shows it."""

    batch_id: int
    kind: str
    total: int
    made: int
    failed: int
    asked_at: datetime

    @property
    def finished(self) -> bool:
        """True when nothing is waiting or being made."""
        return self.made + self.failed >= self.total


def _progress() -> object:
    return (
        select(
            Batch.id,
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
    row = db.session.execute(
        _progress().where(Batch.scope == scope, Batch.id == batch_id)  # type: ignore[attr-defined]
    ).one_or_none()
    if row is None:
        raise NotHere
    return Progress(row.id, row.kind, row.total, row.made, row.failed, row.asked_at)


def batches_of(scope: str, kind: str) -> Sequence[Progress]:
    """All batches of a kind in a scope, newest first."""
    rows = db.session.execute(
        _progress().where(Batch.scope == scope, Batch.kind == kind).order_by(Batch.id.desc())  # type: ignore[attr-defined]
    ).all()
    return [Progress(row.id, row.kind, row.total, row.made, row.failed, row.asked_at) for row in rows]


def newest_made(kind: str, subject: str) -> Document | None:
    """The newest document of a kind for a subject ("event:2") that has been made, or None."""
    return db.session.scalars(
        select(Document)
        .where(Document.kind == kind, Document.subject == subject, Document.state == "made")
        .order_by(Document.id.desc())
        .limit(1)
    ).one_or_none()
