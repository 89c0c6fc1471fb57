"""Who is expected at the door."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from base.pages import Asked, asked
from events.door import queries
from events.door.queries import Arrival
from events.my_registration.actions import cancel_registration
from events.registration.models import Registration
from events.set_up.actions import change_event
from tests.events.registration.people import come, token
from tests.events.symphony import SLUG, details, make_symphony
from tests.events.symphony import at as time


@pytest.fixture
def references(symphony, db_session):
    """References by name: three with a place, of whom Cy_d is here; one who waits and one who cancelled."""
    change_event(None, SLUG, details(capacity=3))
    for name in ("eve", "ada", "ben", "cyd", "dee"):
        come(symphony, name)
    cancel_registration(token("eve"))
    here = update(Registration).where(Registration.email == "cyd@example.org")
    db_session.execute(here.values(badge_name="Cy_d", checked_in_at=time("8:45")))
    come(symphony, "fay")
    return {
        row.badge_name: row.reference
        for row in db_session.execute(select(Registration.badge_name, Registration.reference))
    }


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", ["Ada", "Ben", "Cy_d"]),
        (" a ", ["Ada"]),
        ("_", ["Cy_d"]),
        ("%", []),
        ("Dee", []),
        ("fay", []),
        ("example", []),
    ],
)
def test_arrivals_are_those_with_a_place_by_name(symphony, references, words, found):
    assert sorted(references) == ["Ada", "Ben", "Cy_d", "Dee", "Eve", "Fay"]
    if words == " a ":
        words = f" {references['Ada'][-6:].lower()} "
    page = queries.arrivals(symphony.event_id, asked({"words": words}))
    here = {"Cy_d": time("8:45")}
    assert list(page.rows) == [Arrival(references[name], name, here.get(name)) for name in found]


def test_arrivals_come_in_pages(symphony, references):
    pages = [queries.arrivals(symphony.event_id, Asked(page=page, per_page=2)) for page in (1, 2, 3)]
    assert [[one.badge_name for one in page.rows] for page in pages] == [["Ada", "Ben"], ["Cy_d"], ["Cy_d"]]


def test_arrivals_are_counted(symphony, references):
    assert queries.count_arrivals(symphony.event_id) == (1, 3)
    assert queries.count_arrivals(make_symphony("other").event_id) == (0, 0)
