"""Making a scheme and moving its hours, on real tables."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from awards.schemes import actions, queries
from awards.schemes.models import CriterionQuestion
from backstage.history.models import History
from base.database import db
from base.errors import NotHere, Refused
from tests.awards.season import CLOSES, DURING, HOURS, SHORTLIST, SLUG, make_scheme

DAY = timedelta(days=1)


@pytest.fixture
def scheme(db_session):
    """The scheme, not committed."""
    return make_scheme()


def test_add_scheme_and_all_that_belongs_to_it(scheme):
    """Everything comes back in the order in which it was added."""
    found = queries.scheme_by_slug(SLUG)
    assert found.hours == HOURS
    assert [one.slug for one in queries.categories_of(found.id)] == [
        "wellbeing",
        "partnership",
        "difference",
        "star",
    ]
    assert [one.key for one in queries.questions_of(found)] == [
        "summary",
        "what",
        "impact",
        "evidence",
        "photo",
        "link",
    ]
    assert [
        (line.criterion.name, line.criterion.weight, line.labels) for line in queries.criteria_of(found.id)
    ] == [
        ("Ambition", 1, ("What was done?",)),
        ("Outcome", 2, ("What was the impact?", "What was done?")),
    ]
    assert [(point.value, point.words) for point in queries.scale_of(found.id)] == [
        (1, "Little evidence"),
        (2, "Good evidence"),
        (3, "Outstanding"),
    ]


def test_add_criterion_refuses_a_question_that_is_not_asked(scheme, db_session):
    """And leaves nothing behind."""
    before = db_session.scalars(select(CriterionQuestion)).all()
    with pytest.raises(NotHere):
        actions.add_criterion(scheme, "spread", "Spread", ["what", "nothing"])
    assert db_session.scalars(select(CriterionQuestion)).all() == before


def test_set_scale_replaces_the_one_before(scheme):
    """No point of the old scale stays."""
    actions.set_scale(scheme, {5: "High", 1: "Low"})
    assert [(point.value, point.words) for point in queries.scale_of(scheme.id)] == [(1, "Low"), (5, "High")]


def test_add_organiser_twice_is_once(scheme, person):
    """And only the first is history."""
    noor = person("noor@example.org", "Noor Haddad")
    for _ in range(2):
        actions.add_organiser(scheme, noor.id)
    assert [one.name for one in queries.organisers_of(scheme.id)] == ["Noor Haddad"]
    assert queries.is_organiser(noor.id, SLUG) is True
    lines = db.session.scalars(select(History).where(History.what == "schemes.add_organiser")).all()
    assert [line.subject for line in lines] == [f"person:{noor.id}"]


def test_change_hours_writes_what_changed_into_history(scheme, person):
    """Before and after, and only what differs."""
    noor = person("noor@example.org", "Noor Haddad")
    later = replace(HOURS, closes_at=CLOSES + DAY)
    actions.change_hours(noor.id, SLUG, DURING, **asdict(later))
    line = db.session.scalars(select(History).where(History.what == "schemes.change_hours")).one()
    assert (line.person_id, line.scope) == (noor.id, f"scheme:{scheme.id}")
    assert line.changes == {"closes_at": ["Friday 29 May 2026, 5pm", "Saturday 30 May 2026, 5pm"]}
    assert queries.scheme_by_slug(SLUG).hours == later


def test_change_hours_refused_changes_nothing(scheme, person):
    """The rule's words, at the rule's field."""
    noor = person("noor@example.org", "Noor Haddad")
    with pytest.raises(Refused) as refused:
        actions.change_hours(noor.id, SLUG, DURING, **asdict(replace(HOURS, closes_at=DURING)))
    assert refused.value.field == "closes_at"
    assert queries.scheme_by_slug(SLUG).hours == HOURS


def test_change_hours_of_no_scheme(db_session):
    """There is nothing to change."""
    with pytest.raises(NotHere):
        actions.change_hours(1, "nothing", DURING, **asdict(HOURS))


@pytest.mark.parametrize(
    "wrong",
    [
        {"closes_at": HOURS.opens_at},
        {"judging_closes_at": CLOSES - DAY},
        {"shortlist_at": CLOSES - DAY},
        {"shortlist_at": None},
        {"winners_at": SHORTLIST - DAY},
    ],
)
def test_the_database_itself_refuses_hours_out_of_order(db_session, wrong):
    """Whatever the rules say."""
    with pytest.raises(IntegrityError):
        make_scheme(hours=replace(HOURS, **wrong))
