"""A judge's writes on a real database."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from awards.entries.models import Entry
from awards.judging import actions, queries
from awards.judging.models import Score
from awards.planning.models import Read
from awards.schemes.models import Criterion
from awards.schemes.queries import scheme_by_slug
from backstage.history.models import History
from backstage.outbox.models import Mail
from base.database import db
from base.errors import NotHere, Refused
from outside import clock
from tests.awards.panel import JUDGES, JUDGING, add_panel, assign, give, judge, mails, reads_in, refused
from tests.awards.season import DURING, JUDGING_CLOSES, SLUG, id_of, make_entry, meet, ready
from website.transactions import Chorus


def one_read(app: Chorus) -> str:
    """An entry that Beth has to read; its reference."""
    ready(app)
    reference = make_entry(app, submitted_at=DURING)
    add_panel(app, judges=JUDGES[:2])
    give(app, "Beth Lloyd", reference)
    return reference


def test_declare_conflict_steps_back_and_tells_the_organisers(app):
    reference = one_read(app)
    beth = id_of(app, "Beth Lloyd")
    with app.app_context(), clock.freeze(JUDGING):
        actions.declare_conflict(beth, reference, conflict=True, reason="My sister works there")
        db.session.commit()
        line = db.session.scalars(select(History).where(History.what == "judging.declare_conflict")).one()
        assert line.changes == {"state": ["assigned", "recused"], "conflict": None}
        with pytest.raises(NotHere):
            queries.read_of(beth, reference)
        assert not queries.may_read(beth, reference)
    ((recipient, values),) = mails(app, "judging/stepped_back")
    assert (recipient, values["judge"], values["reason"]) == (
        "noor@example.org",
        "Beth Lloyd",
        "My sister works there",
    )
    assign(app)
    assert reads_in(app) == [("Beth Lloyd", reference, "recused"), ("Maya Collins", reference, "assigned")]


def test_score_entry_needs_the_declaration_and_keeps_history_without_the_words(app):
    reference = one_read(app)
    beth = id_of(app, "Beth Lloyd")
    why, _ = refused(app, actions.score_entry, beth, reference, "ambition", 3, "")
    assert why == "Say first whether you have a conflict with this entry"
    with app.app_context(), clock.freeze(JUDGING):
        actions.declare_conflict(beth, reference, conflict=False)
        actions.score_entry(beth, reference, "ambition", 2, "Their own idea")
        actions.score_entry(beth, reference, "ambition", 3, "Their own idea")
        actions.score_entry(beth, reference, "ambition", 3, "Their own idea")
        actions.score_entry(beth, reference, "outcome", None, "Not yet sure")
        db.session.commit()
        kept = db.session.execute(select(Score.value, Score.comment).order_by(Score.criterion_id)).all()
        assert [tuple(row) for row in kept] == [(3, "Their own idea"), (None, "Not yet sure")]
        lines = db.session.scalars(
            select(History).where(History.what == "judging.score_entry").order_by(History.id)
        ).all()
        assert [line.changes for line in lines] == [
            {"ambition": [None, 2], "comment": None},
            {"ambition": [2, 3]},
            {"comment": None},
        ]


def test_score_entry_refuses_strangers_and_what_is_not_there(app):
    reference = one_read(app)
    judge(app, "Beth Lloyd", reference, {}, finish=False)
    beth, maya = id_of(app, "Beth Lloyd"), id_of(app, "Maya Collins")
    assert refused(app, actions.score_entry, beth, reference, "ambition", 4, "") == (
        "Choose one of the points of the scale",
        "value",
    )
    with app.app_context(), clock.freeze(JUDGING):
        with pytest.raises(NotHere):
            actions.score_entry(maya, reference, "ambition", 3)
        with pytest.raises(NotHere):
            actions.score_entry(beth, reference, "spread", 3)


def test_finish_read_needs_every_score_and_counts_from_then(app):
    reference = one_read(app)
    beth = id_of(app, "Beth Lloyd")
    judge(app, "Beth Lloyd", reference, {"ambition": 3}, finish=False)
    assert refused(app, actions.finish_read, beth, reference) == ("Score outcome first", "")
    with app.app_context(), clock.freeze(JUDGING):
        actions.score_entry(beth, reference, "outcome", 1)
        actions.finish_read(beth, reference)
        actions.score_entry(beth, reference, "outcome", 2)
        db.session.commit()
        read = db.session.scalars(select(Read)).one()
        assert (read.state, read.finished_at) == ("done", JUDGING)
        assert queries.how_far(beth, scheme_by_slug(SLUG).id) == (1, 1)


def test_after_closing_nothing_is_written(app):
    reference = one_read(app)
    judge(app, "Beth Lloyd", reference, {"ambition": 3}, finish=False)
    beth = id_of(app, "Beth Lloyd")
    with app.app_context(), clock.freeze(JUDGING_CLOSES):
        for action, arguments in (
            (actions.score_entry, ("ambition", 1)),
            (actions.finish_read, ()),
            (actions.declare_conflict, (True, "My sister")),
        ):
            with pytest.raises(Refused, match="Judging closed on Friday 26 June, 5pm"):
                action(beth, reference, *arguments)
        db.session.rollback()
        assert db.session.scalars(select(Score.value)).all() == [3]


def test_a_withdrawn_entry_is_read_no_more(app):
    reference = one_read(app)
    judge(app, "Beth Lloyd", reference, {}, finish=False)
    with app.app_context():
        db.session.scalars(select(Entry)).one().state = "withdrawn"
        db.session.commit()
        beth = meet("Beth Lloyd").id
        assert queries.reads_of(beth) == []
        with pytest.raises(NotHere):
            actions.score_entry(beth, reference, "ambition", 3)


def test_bring_in_reads_finishes_them_with_their_scores(app):
    """Reads that nobody has begun; one that is not brought in stays as it is, and nobody is written to."""
    ready(app)
    references = [make_entry(app, title=title, submitted_at=DURING) for title in ("One", "Two", "Three")]
    add_panel(app, judges=JUDGES[:1])
    for reference in references:
        give(app, "Maya Collins", reference)
    with app.app_context():
        reads = db.session.scalars(select(Read.id).order_by(Read.id)).all()
        criteria = db.session.scalars(select(Criterion.id).order_by(Criterion.position)).all()
        before = db.session.scalar(select(func.count()).select_from(Mail))
        finished = [JUDGING + timedelta(minutes=number) for number in range(2)]
        actions.bring_in_reads([])
        actions.bring_in_reads(
            [
                actions.FinishedRead(read_id, {criteria[0]: (3, "Good"), criteria[1]: (number, "")}, moment)
                for number, (read_id, moment) in enumerate(zip(reads[:2], finished, strict=True), start=1)
            ]
        )
        db.session.commit()
        rows = db.session.execute(
            select(Read.state, Read.declared_at, Read.finished_at).order_by(Read.id)
        ).all()
        assert [tuple(row) for row in rows] == [
            *(("done", moment - timedelta(hours=1), moment) for moment in finished),
            ("assigned", None, None),
        ]
        scores = db.session.execute(
            select(Score.read_id, Score.value, Score.comment, Score.scored_at).order_by(
                Score.read_id, Score.criterion_id
            )
        ).all()
        assert [tuple(row) for row in scores] == [
            (reads[0], 3, "Good", finished[0]),
            (reads[0], 1, "", finished[0]),
            (reads[1], 3, "Good", finished[1]),
            (reads[1], 2, "", finished[1]),
        ]
        assert db.session.scalar(select(func.count()).select_from(Mail)) == before
