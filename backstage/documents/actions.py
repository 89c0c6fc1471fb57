"""Asking for documents, and what workers do to their rows."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, insert, select, update

from backstage.documents import rules
from backstage.documents.models import Batch, Document
from base.database import db, hand_over
from base.states import may_become, move
from outside import clock, storage


@dataclass(frozen=True)
class Claimed:
    """A document that this worker makes: finish it with the same claim."""

    document_id: int
    subject: str
    claim: str


@dataclass(frozen=True)
class Made:
    """The file made for a claimed document."""

    document_id: int
    storage_name: str
    size: int


def ask_for_documents(
    kind: str, scope: str, subjects: Sequence[str], who: int | None, job: str
) -> tuple[int, list[int]]:
    """Write a batch with one waiting document per subject and hand it to `job` in parts.

    Gives the batch's id and the documents' ids in the order of `subjects`.
    """
    batch = Batch(kind=kind, scope=scope, total=len(subjects), asked_by=who, asked_at=clock.now())
    db.session.add(batch)
    db.session.flush()
    rows = [
        {"batch_id": batch.id, "kind": kind, "subject": subject, "state": "waiting"} for subject in subjects
    ]
    ids = list(
        db.session.scalars(insert(Document).returning(Document.id, sort_by_parameter_order=True), rows).all()
    )
    for part in rules.parts(ids):
        hand_over(job, *part)
    return batch.id, ids


def claim_documents(kind: str, ids: Sequence[int]) -> list[Claimed]:
    """Take those of `ids` that wait (or whose claim has died) under one claim. Commit before making them."""
    now, claim = clock.now(), secrets.token_hex(8)
    free = (Document.state == "waiting") | (Document.claimed_at < now - rules.CLAIM_LASTS)
    rows = db.session.execute(
        update(Document)
        .where(Document.id.in_(ids), Document.kind == kind, free)
        .where(Document.state.in_(may_become(rules.MOVES, "making")))
        .values(state="making", claim=claim, claimed_at=now, attempts=Document.attempts + 1)
        .returning(Document.id, Document.subject)
    ).all()
    return [Claimed(row.id, row.subject, claim) for row in sorted(rows, key=lambda row: row.id)]


def documents_made(claim: str, made: Sequence[Made]) -> set[int]:
    """Finish claimed documents with their files; gives the ids that were still ours (the rest: forget the
    files).
    """
    if not made:
        return set()
    names = case({one.document_id: one.storage_name for one in made}, value=Document.id)
    sizes = case({one.document_id: one.size for one in made}, value=Document.id)
    return set(
        db.session.scalars(
            update(Document)
            .where(
                Document.id.in_([one.document_id for one in made]),
                Document.claim == claim,
                Document.state.in_(may_become(rules.MOVES, "made")),
            )
            .values(state="made", storage_name=names, size=sizes, made_at=clock.now(), error="")
            .returning(Document.id)
        ).all()
    )


def document_failed(document_id: int, claim: str, why: str) -> None:
    """Put a claimed document back for another try, or give it up; `why` is the exception's class, no text."""
    document = db.session.scalars(
        select(Document)
        .where(Document.id == document_id, Document.claim == claim, Document.state == "making")
        .with_for_update()
    ).one_or_none()
    if document is not None:
        move(document, rules.after_failure(document.attempts))
        document.error = why


def sweep_documents(jobs: dict[str, str], now: datetime, most: int = 500) -> int:
    """Hand over documents that no job is coming for; `jobs` names the job of each kind. Gives how many.

    One whose every try has killed its worker is given up instead.
    """
    dead = (Document.state == "making") & (Document.claimed_at < now - rules.CLAIM_LASTS)
    db.session.execute(
        update(Document)
        .where(dead, Document.attempts >= rules.MOST_ATTEMPTS)
        .where(Document.state.in_(may_become(rules.MOVES, "failed")))
        .values(state="failed", error="WorkerDied")
        .execution_options(synchronize_session=False)
    )
    forgotten = (Document.state == "waiting") & (Batch.asked_at < now - rules.CLAIM_LASTS)
    due = (
        select(Document.id, Document.kind, Document.attempts)
        .join(Batch, Batch.id == Document.batch_id)
        .where(dead | forgotten)
    )
    rows = db.session.execute(due.order_by(Document.id).limit(most)).all()
    for kind, job in jobs.items():
        ids = [row.id for row in rows if row.kind == kind]
        for part in rules.parts(ids, {row.id for row in rows if row.attempts}):
            hand_over(job, *part)
    return len(rows)


def delete_strays(now: datetime) -> int:
    """Delete files of documents that no row names: a worker died between file and row. Gives how many."""
    return storage.forget_strays("documents", rules.STRAYS_KEPT.total_seconds(), _named)


def _named(names: set[str]) -> set[str]:
    found = select(Document.storage_name).where(Document.storage_name.in_(names))
    return {name for name in db.session.scalars(found) if name}
