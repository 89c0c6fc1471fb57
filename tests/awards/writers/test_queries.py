"""Which drafts have stopped, and who writes them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from awards.schemes.queries import scheme_by_slug
from awards.writers import queries
from awards.writers.rules import STOPPED_AFTER
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
    stopped = queries.stopped_drafts(scheme, DURING)
    assert [(one.title, one.organisation, one.nudged_at) for one in stopped] == [
        ("Longer", "CPFT", None),
        ("A week", "CPFT", None),
    ]
    assert queries.stopped_drafts(scheme + 1, DURING) == []


def test_writers_by_entry(app, scheme, db_session):
    """The writers of each; nobody for none."""
    from sqlalchemy import select

    from awards.entries.models import Entry

    one = make_entry(app, writers=("Priya Nair",))
    two = make_entry(app, writers=("Priya Nair", "Quentin Ashe"), started_at=DURING - timedelta(days=9))
    ids = {row.reference: row.id for row in db_session.execute(select(Entry.reference, Entry.id))}
    found = queries.writers_by_entry([ids[one], ids[two]])
    assert {key: sorted(person.name for person in people) for key, people in found.items()} == {
        ids[one]: ["Priya Nair"],
        ids[two]: ["Priya Nair", "Quentin Ashe"],
    }
    assert queries.writers_by_entry([]) == {}
