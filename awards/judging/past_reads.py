"""Bringing in reads that were finished elsewhere: a season judged on paper, or the demonstration's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, insert, select, update

from awards.judging.models import Judge, Panel, Read, Score
from base.database import db


@dataclass(frozen=True)
class HandedOut:
    """A read that was handed out: its id, its judge's person, its entry."""

    read_id: int
    person_id: int
    entry_id: int


@dataclass(frozen=True)
class FinishedRead:
    """What a judge made of one entry: {criterion id: (value, comment)}, and when it was finished."""

    read_id: int
    scores: Mapping[int, tuple[int, str]]
    finished_at: datetime


def handed_out(category_id: int) -> list[HandedOut]:
    """The reads of a category that nobody has begun, in the order in which they were handed out."""
    rows = db.session.execute(
        select(Read.id, Judge.person_id, Read.entry_id)
        .join(Judge, Judge.id == Read.judge_id)
        .join(Panel, Panel.id == Judge.panel_id)
        .where(Panel.category_id == category_id, Read.state == "assigned")
        .order_by(Read.id)
    ).all()
    return [HandedOut(row.id, row.person_id, row.entry_id) for row in rows]


def bring_in_reads(reads: Sequence[FinishedRead]) -> None:
    """Finish handed-out reads with their scores, in two statements however many there are.

    No mail is written and no deadline asked; each read counts as declared free of conflict an hour earlier.
    """
    if not reads:
        return
    # The table itself, not the mapped class: an update of many rows by primary key of its own.
    table = Read.__table__
    db.session.connection().execute(
        update(table)  # type: ignore[arg-type]
        .where(table.c.id == bindparam("which"))
        .values(state="done", declared_at=bindparam("declared"), finished_at=bindparam("finished")),
        [
            {
                "which": one.read_id,
                "declared": one.finished_at - timedelta(hours=1),
                "finished": one.finished_at,
            }
            for one in reads
        ],
    )
    db.session.execute(
        insert(Score),
        [
            {
                "read_id": one.read_id,
                "criterion_id": criterion_id,
                "value": value,
                "comment": comment,
                "scored_at": one.finished_at,
            }
            for one in reads
            for criterion_id, (value, comment) in one.scores.items()
        ],
    )
