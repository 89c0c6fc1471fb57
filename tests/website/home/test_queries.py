"""What stands above awards and events, by a number of queries that does not grow."""

from __future__ import annotations

import pytest

from base.access import Viewer
from base.database import db
from events.set_up.actions import add_organiser, add_volunteer
from tests.awards import season
from tests.events.symphony import THREE_WEEKS_BEFORE, make_symphony
from website.home import queries


@pytest.mark.parametrize("count", [1, 4])
def test_cards_and_work_take_the_same_few_queries(app, at, count_queries, count):
    """However many schemes and events there are."""
    season.ready(app)
    at(THREE_WEEKS_BEFORE)
    with app.app_context():
        me = season.meet("Uma Clarke")
        for number in range(count):
            make_symphony(f"symphony-{number}")
            add_organiser(None, f"symphony-{number}", me.id)
            add_volunteer(None, f"symphony-{number}", me.id)
        db.session.flush()
        viewer = Viewer(me.id, me.name, me.email)
        with count_queries() as sent:
            events = queries.event_cards(THREE_WEEKS_BEFORE)
            schemes = queries.scheme_cards(THREE_WEEKS_BEFORE)
            work = queries.work_of(viewer)
        db.session.rollback()
    assert (sent.count, len(schemes)) == (7, 1)
    assert [one.slug for one in events] == [f"symphony-{number}" for number in range(count)]
    assert {kind: len(found) for kind, found in work.items()} == {
        "entries": 0,
        "judging": 0,
        "schemes": 0,
        "events": count,
        "doors": count,
    }
