"""Marks as they are read from what judges scored: one way for the ranking and for the page of an entry."""

from __future__ import annotations

from fractions import Fraction

import pytest
from sqlalchemy import delete, select

from awards.entries.models import Entry
from awards.judging.models import Score
from awards.marks.queries import marks_of, ruler_of, standings_of
from awards.marks.rules import Ruler
from awards.planning.models import Read
from awards.schemes.models import Criterion, ScalePoint
from awards.schemes.queries import scheme_by_slug
from base.database import db
from tests.awards.panel import JUDGES, JUDGING, add_panel, give, judge, judged_season
from tests.awards.season import DURING, SLUG, make_entry, ready


def by_hand(entry_id: int) -> list[Fraction]:
    """The marks of an entry's finished reads worked out score by score: the scale goes from 1 to 3."""
    rows = db.session.execute(
        select(Read.id, Score.value, Criterion.weight)
        .join(Score, Score.read_id == Read.id)
        .join(Criterion, Criterion.id == Score.criterion_id)
        .where(Read.entry_id == entry_id, Read.state == "done")
        .order_by(Read.id)
    ).all()
    sums: dict[int, list[int]] = {}
    for row in rows:
        sums.setdefault(row.id, []).append((row.value - 1) * row.weight)
    return [Fraction(100 * sum(values), (3 - 1) * (1 + 2)) for values in sums.values()]


def test_ruler_of_a_scheme(app):
    """Its weights by criterion, and the ends of its scale."""
    ready(app)
    with app.app_context():
        ruler = ruler_of(scheme_by_slug(SLUG).id)
    assert (list(ruler.weights.values()), ruler.lowest, ruler.highest) == ([1, 2], 1, 3)
    assert ruler == Ruler(ruler.weights, 1, 3)


def test_marks_of_are_what_judges_scored(app):
    """Two judges on three entries, each entry's marks the same as worked out by hand."""
    judged_season(app, marks=((3, 3), (2, 3), (1, 2)))
    with app.app_context():
        marks = marks_of(scheme_by_slug(SLUG).id)
        assert {entry_id: list(found.finished) for entry_id, found in marks.items()} == {
            entry_id: by_hand(entry_id) for entry_id in db.session.scalars(select(Entry.id))
        }
        assert sorted(found.mean or 0 for found in marks.values()) == [
            Fraction(100, 3),
            Fraction(500, 6),
            100,
        ]


def test_marks_of_leave_out_what_is_not_finished(app):
    """A read that is under way is counted as such; one that a judge has stepped back from is not counted."""
    ready(app)
    reference = make_entry(app, title="Zokens", submitted_at=DURING)
    make_entry(app, title="Nobody reads this", submitted_at=DURING)
    add_panel(app, judges=JUDGES[:3])
    for name in ("Maya Collins", "Beth Lloyd", "Carl Osei"):
        give(app, name, reference)
    judge(app, "Maya Collins", reference, {"ambition": 3, "outcome": 2})
    judge(app, "Beth Lloyd", reference, {"ambition": 3}, finish=False)
    with app.app_context():
        scheme_id = scheme_by_slug(SLUG).id
        (found,) = marks_of(scheme_id).values()
        assert (found.finished, found.unfinished) == ((Fraction(200, 3),), 2)
        reads = db.session.scalars(select(Read).order_by(Read.id)).all()
        assert found.by_read == {reads[0].id: Fraction(200, 3), reads[1].id: None, reads[2].id: None}
        reads[2].state, reads[2].declared_at = "recused", JUDGING
        db.session.flush()
        (found,) = marks_of(scheme_id).values()
        assert (found.finished, found.unfinished) == ((Fraction(200, 3),), 1)


@pytest.mark.parametrize("entries", [1, 4])
def test_marks_of_asks_three_questions_however_many(app, count_queries, entries):
    """And only about those that are asked for."""
    first, *_ = judged_season(app, marks=[(2, 3)] * entries)
    with app.app_context():
        scheme_id = scheme_by_slug(SLUG).id
        with count_queries() as counted:
            assert len(marks_of(scheme_id)) == entries
        assert counted.count == 3
        assert len(marks_of(scheme_id, Entry.reference == first)) == 1


def test_standings_say_the_same_as_marks(app):
    """With all reads finished, with some, with none; one that a judge stepped back from does not count."""
    first, second, _ = judged_season(app, marks=((3, 2), (2, 3), (1, 2)))
    fresh = make_entry(app, title="Fresh", submitted_at=DURING)
    give(app, "Maya Collins", fresh)
    with app.app_context():
        scheme_id = scheme_by_slug(SLUG).id
        read = db.session.scalars(
            select(Read).join(Entry, Entry.id == Read.entry_id).where(Entry.reference == second)
        ).first()
        assert read is not None
        read.state, read.finished_at = "recused", None
        db.session.flush()
        marks, standings = marks_of(scheme_id), standings_of(scheme_id)
        assert {one.entry_id: (one.mean, one.counted, one.unfinished) for one in standings.values()} == {
            one.entry_id: (one.mean, one.counted, one.unfinished) for one in marks.values()
        }
        assert len(standings) == 4
        assert len(standings_of(scheme_id, Entry.reference == first)) == 1
        db.session.execute(delete(ScalePoint))
        assert {(one.mean, one.counted) for one in standings_of(scheme_id).values()} == {(None, 0)}
