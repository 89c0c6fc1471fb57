"""The figures of the organiser's desk, straight from the tables."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from awards.entries.models import Entry
from awards.scheme_desk.queries import category_figures, entries_a_day
from awards.scheme_desk.rules import CategoryFigures
from awards.schemes.queries import scheme_by_slug
from awards.writers.rules import STOPPED_AFTER
from base.database import db
from tests.awards.outcomes.deciding import decide
from tests.awards.panel import judged_season
from tests.awards.season import DURING, MOMENT, SLUG, make_entry, ready

DAY = timedelta(days=1)


def test_category_figures_count_each_category_for_itself(app):
    """What is decided and read in one does not show in another; withdrawn entries count nowhere."""
    first, second, third = judged_season(app)
    make_entry(app, title="A draft")
    make_entry(app, "star", nominee="A young person")
    make_entry(app, "partnership", title="Unread", submitted_at=DURING)
    decide(app, first, "winner")
    decide(app, second, "shortlisted")
    with app.app_context():
        db.session.scalars(select(Entry).where(Entry.reference == third)).one().state = "withdrawn"
        db.session.flush()
        wellbeing, partnership, difference, star = category_figures(scheme_by_slug(SLUG).id, DURING)
    assert wellbeing == CategoryFigures(
        "wellbeing",
        "Mental Health Workforce Wellbeing",
        submitted=2,
        drafts=1,
        judges=2,
        reads=4,
        reads_done=4,
        decided=2,
        winners=1,
    )
    assert (partnership.submitted, partnership.unread, partnership.judges) == (1, 1, 0)
    assert difference == CategoryFigures("difference", "Making a Difference")
    assert (star.drafts, star.unconsented) == (1, 1)


def test_category_figures_ask_for_agreement_only_where_it_is_needed(app):
    """A draft of another category has no guardian to ask."""
    ready(app)
    make_entry(app, "difference", nominee="Somebody")
    make_entry(app, "star", nominee="A young person", guardian_agreed=True)
    with app.app_context():
        figures = category_figures(scheme_by_slug(SLUG).id, DURING)
    assert [one.unconsented for one in figures] == [0, 0, 0, 0]


@pytest.mark.parametrize(("after", "stopped"), [(STOPPED_AFTER - MOMENT, 0), (STOPPED_AFTER, 1)])
def test_category_figures_know_when_a_draft_has_stopped(app, after, stopped):
    """Exactly a week after its last change."""
    ready(app)
    make_entry(app, started_at=DURING)
    with app.app_context():
        figures = category_figures(scheme_by_slug(SLUG).id, DURING + after)
    assert figures[0].stopped == stopped


def test_entries_a_day_are_days_in_london_counted_from_the_last(app):
    """Half past midnight in May is the day before in UTC; what is outside the days is left out."""
    ready(app)
    midnight = DURING.replace(hour=23, minute=30)  # half past midnight of 6 May in London
    for sent in (midnight, midnight + DAY, midnight - 3 * DAY, midnight - 4 * DAY, midnight + 2 * DAY):
        make_entry(app, started_at=DURING - 20 * DAY, submitted_at=sent)
    with app.app_context():
        scheme_id = scheme_by_slug(SLUG).id
        found = entries_a_day([(scheme_id, date(2026, 5, 7)), (0, date(2026, 5, 7))], 5)
    assert found == {scheme_id: {1: 1, 0: 1, 4: 1}, 0: {}}
