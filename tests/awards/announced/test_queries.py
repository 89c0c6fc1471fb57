"""What is announced, in which order, and what nobody is told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from accounts.organisations.actions import add_organisation
from awards.announced.queries import announced_categories, outcome_for_entrant
from awards.announced.rules import NOT_SHORTLISTED
from awards.entries.models import Entry, EntryPartner
from awards.schemes.queries import scheme_by_slug
from base.database import db
from base.errors import NotHere
from tests.awards.outcomes.deciding import decide, tell
from tests.awards.season import DURING, MOMENT, SHORTLIST, SLUG, WINNERS, make_entry, ready


@pytest.fixture
def season(app):
    """Five entries of one category, three of them decided, and one of another; by title."""
    ready(app)
    titles = ("b shortlisted", "A shortlisted", "Commended", "Won", "Other")
    found = {title: make_entry(app, title=title, submitted_at=DURING) for title in titles}
    decide(app, found["b shortlisted"], "shortlisted")
    decide(app, found["A shortlisted"], "shortlisted")
    decide(app, found["Commended"], "highly_commended")
    decide(app, found["Won"], "winner")
    found["Elsewhere"] = make_entry(app, "star", title="Elsewhere", submitted_at=DURING)
    return found


def titles(app, now):
    """{category's slug: [(title, outcome)]} as everybody sees it."""
    with app.app_context():
        return {
            category.slug: [(entry.title, entry.outcome) for entry in category.entries]
            for category in announced_categories(scheme_by_slug(SLUG), now)
        }


def test_announced_categories_have_the_highest_first_then_by_title(app, season):
    """Between the hours nothing but the title orders them; a category without a shortlist is not there."""
    assert titles(app, SHORTLIST) == {
        "wellbeing": [
            (title, "shortlisted") for title in ("A shortlisted", "b shortlisted", "Commended", "Won")
        ]
    }
    assert titles(app, WINNERS) == {
        "wellbeing": [
            ("Won", "winner"),
            ("Commended", "highly_commended"),
            ("A shortlisted", "shortlisted"),
            ("b shortlisted", "shortlisted"),
        ]
    }


def test_announced_categories_are_not_there_before_the_hour(app, season):
    """Not a moment earlier."""
    with app.app_context(), pytest.raises(NotHere):
        announced_categories(scheme_by_slug(SLUG), SHORTLIST - MOMENT)


def test_announced_categories_leave_out_what_was_withdrawn_and_name_partners(app, season):
    """An entry's own organisation first, then its partners by name."""
    with app.app_context():
        rows = {entry.title: entry for entry in db.session.scalars(select(Entry))}
        rows["Commended"].state = "withdrawn"
        for name in ("Zest", "Aspire"):
            partner = add_organisation(name, "Charity", "London")
            db.session.add(EntryPartner(entry_id=rows["Won"].id, organisation_id=partner.id))
        db.session.flush()
        (category,) = announced_categories(scheme_by_slug(SLUG), WINNERS)
        assert [entry.title for entry in category.entries] == ["Won", "A shortlisted", "b shortlisted"]
        assert category.entries[0].organisations == ("CPFT", "Aspire", "Zest")
        assert category.entries[0].published == "A live tool."


def seen(app, title, now):
    """The outcome of an entry as its writers see it."""
    with app.app_context():
        entry = db.session.scalars(select(Entry).where(Entry.title == title)).one()
        return outcome_for_entrant(entry, scheme_by_slug(SLUG), now)


def test_outcome_for_entrant_at_each_hour(app, season):
    """Nothing before the shortlist's; then on it or not; the outcome itself from the winners' hour on."""
    for title, before, between, after in (
        ("Won", "", "shortlisted", "winner"),
        ("Commended", "", "shortlisted", "highly_commended"),
        ("A shortlisted", "", "shortlisted", "shortlisted"),
        ("Other", "", NOT_SHORTLISTED, NOT_SHORTLISTED),
        ("Elsewhere", "", "", ""),
    ):
        hours = (SHORTLIST - MOMENT, SHORTLIST, WINNERS)
        assert [seen(app, title, now) for now in hours] == [before, between, after]


def test_outcome_for_entrant_of_a_late_category_waits_for_its_mail(app, season):
    """Decided after the hour: the other entry is not on the list once its writers have been told so."""
    decide(app, season["Elsewhere"], "shortlisted", when=SHORTLIST + MOMENT)
    make_entry(app, "star", title="Also there", submitted_at=DURING)
    assert seen(app, "Also there", SHORTLIST + timedelta(minutes=5)) == ""
    tell(app, SHORTLIST + timedelta(minutes=30))
    assert seen(app, "Also there", SHORTLIST + timedelta(minutes=31)) == NOT_SHORTLISTED


def test_outcome_for_entrant_is_none_for_what_was_withdrawn(app, season):
    """Whatever was decided."""
    with app.app_context():
        db.session.scalars(select(Entry).where(Entry.title == "Won")).one().state = "withdrawn"
        db.session.commit()
    assert seen(app, "Won", WINNERS) == ""
