"""Reading entries: always through who may."""

from __future__ import annotations

from datetime import timedelta

import pytest

from awards.entries import queries
from awards.schemes.queries import category_by_slug, scheme_by_slug
from base.database import db
from base.errors import NotHere
from tests.awards.season import (
    ANSWERS,
    CLOSES,
    DURING,
    MOMENT,
    SLUG,
    address,
    id_of,
    join,
    make_entry,
    meet,
    ready,
)


@pytest.fixture
def priya(app, at):
    """The id of Priya, who writes for CPFT, while entries are open."""
    ready(app)
    at(DURING)
    return id_of(app, "Priya Nair")


def test_entries_of_writer_and_of_lead(priya, app, db_session):
    """One sees what one writes; a lead sees the organisation's others besides, marked as not theirs."""
    sian = id_of(app, "Sian Evans")
    mine = make_entry(app, title="Mine")
    theirs = make_entry(app, title="Theirs", organisation="combined", writers=("Rosa Bell",))
    both = make_entry(app, title="Both", organisation="combined", writers=("Sian Evans", "Priya Nair"))
    assert [(one.reference, one.writes) for one in queries.entries_of_writer(priya)] == [
        (both, True),
        (mine, True),
    ]
    assert [one.reference for one in queries.entries_of_writer(sian)] == [both]
    assert [(one.reference, one.writes) for one in queries.entries_of_lead(sian)] == [(theirs, False)]
    assert queries.entries_of_lead(priya) == []
    assert (queries.may_see(sian, theirs), queries.is_writer(sian, theirs)) == (True, False)
    assert (queries.may_see(sian, mine), queries.may_see(priya, theirs)) == (False, False)


def test_entry_of_writer_and_entry_seen_by(priya, app, db_session):
    """A writer has the entry, the lead of its organisation sees it, anybody else finds nothing."""
    reference = make_entry(app, "star", organisation="combined", writers=("Rosa Bell",), nominee="Wren")
    rosa, sian = id_of(app, "Rosa Bell"), id_of(app, "Sian Evans")
    opened = queries.entry_of_writer(rosa, reference)
    assert (opened.scheme.slug, opened.category.slug, opened.organisation.name) == (SLUG, "star", "Combined")
    assert (opened.draft.kind, opened.draft.consent, opened.draft.nominee) == (
        "nomination",
        "parent_or_guardian",
        "Wren",
    )
    assert queries.entry_seen_by(rosa, reference).entry.id == opened.entry.id
    assert queries.entry_seen_by(sian, reference).entry.id == opened.entry.id
    for find, who in (
        (queries.entry_of_writer, sian),
        (queries.entry_of_writer, priya),
        (queries.entry_seen_by, priya),
    ):
        with pytest.raises(NotHere):
            find(who, reference)


def test_an_entry_without_a_title_is_called_something(priya, app, db_session):
    """Until it has one."""
    untitled, titled = make_entry(app, title=""), make_entry(app, title="Zokens")
    assert queries.entry_of_writer(priya, untitled).called == "An entry without a title yet"
    assert queries.entry_of_writer(priya, titled).called == "Zokens"


def test_a_line_says_how_its_entry_stands(priya, app, db_session):
    """A draft is one up to, and not at, the closing hour."""
    make_entry(app)
    (line,) = queries.entries_of_writer(priya)
    assert (line.state_words(CLOSES - MOMENT), line.phase(CLOSES - MOMENT)) == ("Draft", "open")
    assert (line.state_words(CLOSES), line.phase(CLOSES)) == ("Not sent in", "judging")


def test_entries_of_writer_are_the_newest_first(priya, app, db_session):
    """By their last change; of equal ones the one that was started last."""
    old = make_entry(app, started_at=DURING - timedelta(days=9))
    one, other = (make_entry(app, started_at=DURING - timedelta(days=2)) for _ in range(2))
    assert [line.reference for line in queries.entries_of_writer(priya)] == [other, one, old]


def test_items_of_entry(priya, app, db_session, count_queries):
    """Every question of the scheme in order, answered or not; one statement."""
    opened = queries.entry_of_writer(priya, make_entry(app))
    with count_queries() as counted:
        items = queries.items_of_entry(opened)
    assert counted.count == 1
    assert [item.question.key for item in items] == ["summary", "what", "impact", "evidence", "photo", "link"]
    assert {item.question.key: item.text for item in items if item.text} == ANSWERS


def test_writers_of_and_writer_of(priya, app, db_session):
    """In the order in which they joined, and whether they are members of the organisation."""
    reference = make_entry(app, writers=("Rosa Bell", "Priya Nair"))
    entry = queries.entry_of_writer(priya, reference).entry
    assert {(one.name, one.member) for one in queries.writers_of(entry.id)} == {
        ("Priya Nair", True),
        ("Rosa Bell", False),
    }
    assert queries.writer_of(entry.id, priya).email == address("Priya Nair")
    with pytest.raises(NotHere):
        queries.writer_of(entry.id, id_of(app, "Sian Evans"))


def test_partners_of(priya, app, db_session):
    """The other organisations, by name, however it is written."""
    from accounts.organisations.actions import add_organisation

    with app.app_context():
        ids = [add_organisation(name, "Charity", "Midlands").id for name in ("zest", "Lifecraft", "Anchor")]
        db.session.commit()
    reference = make_entry(app, partners=ids)
    entry = queries.entry_of_writer(priya, reference).entry
    assert [one.name for one in queries.partners_of(entry.id)] == ["Anchor", "Lifecraft", "zest"]


def test_drafts_in(priya, app, db_session):
    """Of this writer, of this category, not sent in; the newest first."""
    first, second = make_entry(app), make_entry(app)
    make_entry(app, "partnership")
    make_entry(app, writers=("Quentin Ashe",))
    make_entry(app, submitted_at=DURING)
    category = category_by_slug(scheme_by_slug(SLUG), "wellbeing")
    assert [one.reference for one in queries.drafts_in(priya, category.id)] == [second, first]


def test_a_member_without_the_lead_sees_only_what_they_write(priya, app, db_session):
    """Being of the organisation is not enough."""
    with app.app_context():
        join(meet("Rosa Bell"), "combined")
        db.session.commit()
    reference = make_entry(app, organisation="combined", writers=("Sian Evans",))
    rosa = id_of(app, "Rosa Bell")
    assert queries.may_see(rosa, reference) is False
    assert queries.entries_of_lead(rosa) == []
