"""What a judge has to read, and what judges scored."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from awards.entries.models import Entry
from awards.judging import queries
from awards.panels.actions import add_judge
from awards.schemes.models import Criterion
from awards.schemes.queries import scheme_by_slug
from base.database import db
from base.errors import NotHere
from outside import clock
from tests.awards.panel import JUDGES, JUDGING, add_panel, give, judge, step_back
from tests.awards.season import DURING, HOURS, SLUG, address, id_of, make_entry, meet, ready


@pytest.fixture
def read(app):
    """Beth reads two entries of wellbeing and one of partnership; gives the references in that order."""
    ready(app)
    references = [make_entry(app, title=title, submitted_at=DURING) for title in ("One", "Two")]
    references.append(make_entry(app, "partnership", title="Three", submitted_at=DURING))
    add_panel(app, "partnership", (("Beth Lloyd", "", False, False),))
    add_panel(app, judges=JUDGES[:2])
    for reference in reversed(references):
        give(app, "Beth Lloyd", reference)
    return references


def test_reads_of_are_by_category_and_in_the_order_of_assigning(app, read):
    """With all that the list shows."""
    first, second, third = read
    beth = id_of(app, "Beth Lloyd")
    with app.app_context():
        found = queries.reads_of(beth)
        scheme = scheme_by_slug(SLUG)
        assert [one.reference for one in found] == [second, first, third]
        assert found[0] == queries.ReadRow(
            state="assigned",
            reference=second,
            title="Two",
            organisation="CPFT",
            category="Mental Health Workforce Wellbeing",
            scheme_id=scheme.id,
            scheme="Positive Practice in Mental Health Awards 2026",
            scheme_slug=SLUG,
            invented=False,
            hours=HOURS,
        )
        assert queries.reads_of(meet("Maya Collins").id) == []


def test_a_read_is_its_judges_alone_until_it_is_given_up(app, read):
    """Nobody else's, and not after stepping back."""
    first = read[0]
    beth, maya = id_of(app, "Beth Lloyd"), id_of(app, "Maya Collins")
    with app.app_context(), clock.freeze(JUDGING):
        assert (queries.read_of(beth, first).title, queries.may_read(beth, first)) == ("One", True)
        assert not queries.may_read(maya, first)
        assert not queries.may_read(beth, "PPMH-0000")
        for who, reference in ((maya, first), (beth, "PPMH-0000")):
            with pytest.raises(NotHere):
                queries.read_of(who, reference)
    step_back(app, "Beth Lloyd", first)
    with app.app_context():
        assert not queries.may_read(beth, first)
        assert queries.how_far(beth, scheme_by_slug(SLUG).id) == (0, 2)


def test_how_far_counts_one_scheme(app, read):
    """What is finished and what there is."""
    judge(app, "Beth Lloyd", read[0], {"ambition": 3, "outcome": 2})
    judge(app, "Beth Lloyd", read[1], {"ambition": 3, "outcome": 2}, finish=False)
    beth = id_of(app, "Beth Lloyd")
    with app.app_context():
        scheme_id = scheme_by_slug(SLUG).id
        assert queries.how_far(beth, scheme_id) == (1, 3)
        assert queries.how_far(beth, scheme_id + 1) == (0, 0)
        assert queries.how_far(meet("Maya Collins").id, scheme_id) == (0, 0)


def test_scored_criteria_are_all_of_the_scheme_with_this_reads_scores(app, read):
    """In order; what is not scored has no value and no comment. The scale is given the highest first."""
    give(app, "Maya Collins", read[0])
    judge(app, "Maya Collins", read[0], {"ambition": 1, "outcome": 1}, "Maya's")
    judge(app, "Beth Lloyd", read[0], {"outcome": 3}, "Clear", finish=False)
    beth = id_of(app, "Beth Lloyd")
    with app.app_context():
        scheme_id = scheme_by_slug(SLUG).id
        scored = queries.scored_criteria(scheme_id, queries.read_of(beth, read[0]).read_id)
        assert [(one.key, one.weight, one.value, one.comment) for one in scored] == [
            ("ambition", 1, None, ""),
            ("outcome", 2, 3, "Clear"),
        ]
        assert list(queries.scale_of(scheme_id)) == [3, 2, 1]


def test_full_reads_are_every_judges_with_their_scores(app, read):
    """By name; those that were given up say why."""
    first = read[0]
    give(app, "Maya Collins", first)
    judge(app, "Beth Lloyd", first, {"ambition": 1, "outcome": 2}, "Good")
    noor = id_of(app, "Noor Haddad")
    with app.app_context(), clock.freeze(JUDGING + timedelta(hours=1)):
        add_judge(noor, SLUG, "wellbeing", address("Huw Price"), "Huw Price")
        db.session.commit()
    give(app, "Huw Price", first)
    step_back(app, "Huw Price", first)
    with app.app_context():
        entry_id = db.session.scalars(select(Entry.id).where(Entry.reference == first)).one()
        keys = dict(db.session.execute(select(Criterion.id, Criterion.key)).all())
        reads = queries.full_reads(entry_id)
    assert [(one.judge, one.state, one.conflict, one.lived_experience) for one in reads] == [
        ("Beth Lloyd", "done", "", True),
        ("Huw Price", "recused", "My sister works there", False),
        ("Maya Collins", "assigned", "", False),
    ]
    assert {keys[key]: (one.value, one.comment) for key, one in reads[0].scores.items()} == {
        "ambition": (1, "Good"),
        "outcome": (2, "Good"),
    }
    assert (reads[0].finished_at, reads[1].scores, reads[2].scores) == (JUDGING, {}, {})
