"""Reading marks: from what judges scored to one mark for each read, for every page and ranking alike."""

from __future__ import annotations

from fractions import Fraction

from sqlalchemy import ColumnElement, func, select

from awards.entries.models import Entry
from awards.judging.models import Read, Score
from awards.judging.queries import scale_of
from awards.marks.rules import EntryMarks, Ruler, mark_of
from awards.schemes.models import Criterion
from base.database import db


def ruler_of(scheme_id: int) -> Ruler:
    """What marks are measured with in a scheme; two queries."""
    weights = db.session.execute(
        select(Criterion.id, Criterion.weight)
        .where(Criterion.scheme_id == scheme_id)
        .order_by(Criterion.position, Criterion.id)
    )
    scale = scale_of(scheme_id)
    return Ruler({row.id: row.weight for row in weights}, min(scale, default=0), max(scale, default=0))


def marks_of(scheme_id: int, *only: ColumnElement[bool]) -> dict[int, EntryMarks]:
    """{entry id: marks} of what has reads in a scheme; three queries. `only` are conditions on Entry."""
    ruler = ruler_of(scheme_id)
    reads = (
        select(
            Read.id,
            Read.entry_id,
            Read.state,
            func.count(Score.value).label("scored"),
            func.coalesce(func.sum(Score.value * Criterion.weight), 0).label("total"),
        )
        .join(Entry, Entry.id == Read.entry_id)
        .outerjoin(Score, Score.read_id == Read.id)
        .outerjoin(Criterion, Criterion.id == Score.criterion_id)
        .where(Entry.scheme_id == scheme_id, Read.state != "recused", *only)
        .group_by(Read.id)
        .order_by(Read.id)
    )
    found: dict[int, dict[int, Fraction | None]] = {}
    for row in db.session.execute(reads):
        mark = mark_of(int(row.total), row.scored, ruler) if row.state == "done" else None
        found.setdefault(row.entry_id, {})[row.id] = mark
    return {entry_id: EntryMarks(entry_id, by_read) for entry_id, by_read in found.items()}
