"""Who is next in line."""

from __future__ import annotations

from events.set_up.actions import change_event
from events.waiting import queries
from tests.events.registration.people import come, states
from tests.events.symphony import SLUG, details

SUICIDE, TRANS = "Talking about suicide", "Trans identity at work"


def test_who_waits_longest_for_a_workshop_is_next(symphony, db_session):
    for name in ("ada", "ben", "eve", "cyd", "dee"):
        come(symphony, name, SUICIDE)
    come(symphony, "fay", TRANS)
    found = queries.next_for_workshop(symphony.sessions[SUICIDE], 2)
    assert [registration.badge_name for _, registration in found] == ["Eve", "Cyd"]
    assert [choice.registration_id for choice, _ in found] == [one.id for _, one in found]
    assert queries.next_for_workshop(symphony.sessions[TRANS], 2) == []


def test_who_waits_longest_for_an_event_is_next(symphony, db_session):
    change_event(None, SLUG, details(capacity=1))
    for name in ("ada", "eve", "cyd", "dee"):
        come(symphony, name)
    assert [one.badge_name for one in queries.next_for_event(symphony.event_id, 2)] == ["Eve", "Cyd"]
    assert len(queries.next_for_event(symphony.event_id, 9)) == 3
    assert states("ada")[""] == "placed"
    assert queries.next_for_event(0, 9) == []
