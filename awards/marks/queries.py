"""Reading marks: from what judges scored to one mark for each read, for every page and ranking alike."""

from __future__ import annotations

from fractions import Fraction

from sqlalchemy import ColumnElement, Subquery, and_, func, select

from awards.entries.models import Entry
from awards.judging.models import Score
from awards.judging.queries import scale_of
from awards.marks.rules import EntryMarks, Ruler, Standing, mark_of, mean_of
from awards.planning.models import Read
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


def totals_of(scheme_id: int, criteria: int, *only: ColumnElement[bool]) -> Subquery:
    """What each entry of a scheme was given, for ranking and sorting in the database.

    entry_id, `counted` (finished reads: those with a score for each of so many `criteria`), `unfinished`, and
    the `total` of the counted ones. `only` are conditions on Entry; one without reads is left out.
    """
    reads = (
        select(
            Read.entry_id,
            and_(Read.state == "done", func.count(Score.value) >= max(criteria, 1)).label("counts"),
            func.sum(Score.value * Criterion.weight).label("total"),
        )
        .join(Entry, Entry.id == Read.entry_id)
        .outerjoin(Score, Score.read_id == Read.id)
        .outerjoin(Criterion, Criterion.id == Score.criterion_id)
        .where(Entry.scheme_id == scheme_id, Read.state != "recused", *only)
        .group_by(Read.id)
        .subquery()
    )
    return (
        select(
            reads.c.entry_id,
            func.count().filter(reads.c.counts).label("counted"),
            func.count().filter(~reads.c.counts).label("unfinished"),
            func.sum(reads.c.total).filter(reads.c.counts).label("total"),
        )
        .group_by(reads.c.entry_id)
        .subquery()
    )


def standings_of(scheme_id: int, *only: ColumnElement[bool]) -> dict[int, Standing]:
    """{entry id: its standing} of what has reads in a scheme; three queries; `only` as for totals_of."""
    ruler = ruler_of(scheme_id)
    measurable = ruler.weight > 0 and ruler.highest > ruler.lowest
    rows = db.session.execute(select(totals_of(scheme_id, len(ruler.weights), *only)))
    return {
        row.entry_id: Standing(
            row.entry_id,
            mean_of(int(row.total), row.counted, ruler) if row.counted and measurable else None,
            row.counted if measurable else 0,
            row.unfinished if measurable else row.counted + row.unfinished,
        )
        for row in rows
    }


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
