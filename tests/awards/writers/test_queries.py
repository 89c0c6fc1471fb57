"""Which drafts have stopped, and who writes them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from awards.entries.models import Entry
from awards.schemes.queries import scheme_by_slug
from awards.writers import queries
from awards.writers.rules import STOPPED_AFTER, may_nudge
from base.pages import Asked
from tests.awards.season import DURING, MOMENT, SLUG, make_entry, ready


@pytest.fixture
def scheme(app, at, db_session):
    """The id of a scheme whose entries are open."""
    ready(app)
    at(DURING)
    return scheme_by_slug(SLUG).id


def test_stopped_drafts(app, scheme):
    """Drafts that nobody has touched for a week exactly or longer; the one that rests longest first."""
    make_entry(app, title="Busy", started_at=DURING - STOPPED_AFTER + MOMENT)
    make_entry(app, title="A week", started_at=DURING - STOPPED_AFTER)
    make_entry(app, title="Longer", started_at=DURING - STOPPED_AFTER - MOMENT)
    make_entry(
        app, title="Sent", started_at=DURING - 3 * STOPPED_AFTER, submitted_at=DURING - 2 * STOPPED_AFTER
    )
    stopped = queries.stopped_drafts(scheme, DURING, Asked())
    assert [(one.title, one.organisation, one.nudged_at) for one in stopped.rows] == [
        ("Longer", "CPFT", None),
        ("A week", "CPFT", None),
    ]
    second = queries.stopped_drafts(scheme, DURING, Asked(page=2, per_page=1))
    assert ([one.title for one in second.rows], second.total) == (["A week"], 2)
    found = queries.stopped_drafts(scheme, DURING, Asked(words="a WEEK"))
    assert [one.title for one in found.rows] == ["A week"]
    assert queries.stopped_drafts(scheme + 1, DURING, Asked()).rows == ()


def test_count_due_leaves_out_what_had_a_mail(app, scheme, db_session):
    """As rules.may_nudge says it of each."""
    for days in (6, 7, 20, 30):
        make_entry(app, title=f"{days} days", started_at=DURING - timedelta(days=days))
    nudged = db_session.scalars(select(Entry).where(Entry.title == "20 days")).one()
    assert queries.count_due(scheme, DURING) == 3
    for since, due in ((STOPPED_AFTER, 3), (STOPPED_AFTER - MOMENT, 2)):
        nudged.nudged_at = DURING - since
        db_session.flush()
        assert queries.count_due(scheme, DURING) == due
        drafts = db_session.scalars(select(Entry)).all()
        assert due == sum(may_nudge(one.state, one.changed_at, one.nudged_at, DURING) for one in drafts)
    assert queries.count_due(scheme + 1, DURING) == 0


def test_writers_by_entry(app, scheme, db_session):
    """The writers of each; nobody for none."""
    one = make_entry(app, writers=("Priya Nair",))
    two = make_entry(app, writers=("Priya Nair", "Quentin Ashe"), started_at=DURING - timedelta(days=9))
    ids = {row.reference: row.id for row in db_session.execute(select(Entry.reference, Entry.id))}
    found = queries.writers_by_entry([ids[one], ids[two]])
    assert {key: sorted(person.name for person in people) for key, people in found.items()} == {
        ids[one]: ["Priya Nair"],
        ids[two]: ["Priya Nair", "Quentin Ashe"],
    }
    assert queries.writers_by_entry([]) == {}
