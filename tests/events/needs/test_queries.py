"""Reading what people need, apart from who they are."""

from __future__ import annotations

from sqlalchemy import select

from base.pages import Asked
from events.needs import queries
from events.needs.queries import Need
from events.registration.models import Registration
from events.set_up.actions import change_event
from tests.events.registration.people import come
from tests.events.symphony import SLUG, details, make_symphony

SUICIDE, TRANS, CARERS = "Talking about suicide", "Trans identity at work", "Carers in conversation"


def test_needs_are_listed_by_reference_with_the_workshops_that_they_are_needed_in(symphony, db_session):
    come(symphony, "ada", SUICIDE)
    come(symphony, "ben", SUICIDE)
    come(symphony, "cyd", SUICIDE, CARERS, access="Large print", dietary="Vegan")
    come(symphony, "dee", TRANS, dietary="Halal")
    references = {
        row.badge_name: row.reference
        for row in db_session.execute(select(Registration.badge_name, Registration.reference))
    }
    expected = [
        Need(references["Cyd"], "Large print", "Vegan", ("Carers in conversation (Garden room)",)),
        Need(references["Dee"], "", "Halal", ("Trans identity at work (Garden room)",)),
    ]
    expected.sort(key=lambda one: one.reference)
    assert list(queries.needs_of(symphony.event_id, Asked()).rows) == expected
    second = queries.needs_of(symphony.event_id, Asked(page=2, per_page=1))
    assert (list(second.rows), second.total) == (expected[1:], 2)
    for words, found in (("large", ["Cyd"]), ("HAL", ["Dee"]), (references["Dee"], ["Dee"]), ("Cyd", [])):
        rows = queries.needs_of(symphony.event_id, Asked(words=words)).rows
        assert [one.reference for one in rows] == [references[name] for name in found]
    assert queries.needs_of(make_symphony("other").event_id, Asked()).rows == ()
    assert [tuple(told) for told in queries.needs_told(symphony.event_id)] == [
        ("Large print", "Vegan"),
        ("", "Halal"),
    ]


def test_needs_are_counted_of_those_with_a_place(symphony, db_session):
    change_event(None, SLUG, details(capacity=3))
    come(symphony, "ada", access="Large print", dietary="Vegan")
    come(symphony, "ben", access="Hearing loop")
    come(symphony, "cyd")
    come(symphony, "dee", access="Easy Read", dietary="Halal")
    assert queries.count_needs(symphony.event_id) == (2, 1)
    assert queries.count_needs(0) == (0, 0)


def test_whether_any_are_noted(symphony, db_session):
    come(symphony, "ada", access="Large print")
    come(symphony, "ben")
    ids = {
        row.badge_name: row.id for row in db_session.execute(select(Registration.badge_name, Registration.id))
    }
    assert (queries.are_noted(ids["Ada"]), queries.are_noted(ids["Ben"])) == (True, False)
