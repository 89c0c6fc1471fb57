"""Events and rooms."""

from __future__ import annotations

from dataclasses import replace

import pytest

from base.errors import Refusal
from events.set_up import rules
from tests.events.made import EVENT
from tests.events.symphony import at, details


@pytest.mark.parametrize(
    ("step_free", "loop", "note", "words"),
    [
        (True, True, "", "step-free, hearing loop"),
        (False, False, "three steps", "three steps"),
        (False, False, "", "not step-free"),
        (True, False, "open all day", "open all day, step-free"),
    ],
)
def test_room_words(step_free, loop, note, words):
    assert rules.room_words(step_free, loop, note) == words


@pytest.mark.parametrize(("slug", "prefix"), [("symphony", "SYMP"), ("a-1", "A"), ("2026", "EVEN")])
def test_reference_prefix(slug, prefix):
    assert rules.reference_prefix(slug) == prefix


@pytest.mark.parametrize(("ends", "may"), [("8:59", False), ("9:00", False), ("9:01", True)])
def test_why_not_times(ends, may):
    why_not = rules.why_not_times(at("9:00"), at(ends))
    words = "The event has to end after it starts. Change one of the two times"
    assert why_not == (None if may else Refusal(words, "ends_at"))


@pytest.mark.parametrize(("capacity", "taken", "may"), [(0, 0, True), (3, 3, True), (2, 3, False)])
def test_why_not_capacity(capacity, taken, may):
    why_not = rules.why_not_capacity(capacity, taken)
    words = f"{taken} people have a place already. Enter {taken} or more"
    assert why_not == (None if may else Refusal(words, "capacity"))


@pytest.mark.parametrize(
    ("name", "may"), [("studio", False), ("Studio", False), ("Hall", False), ("Studio 2", True)]
)
def test_why_not_name_room_minds_no_capitals(name, may):
    why_not = rules.why_not_name_room(name, ["STUDIO", "hall"])
    words = f"There is a room called {name} already. Choose another name, or change that room"
    assert why_not == (None if may else Refusal(words, "name"))


def test_why_not_add_room_beside_so_many():
    names = [f"Room {number}" for number in range(rules.MOST_ROOMS)]
    assert rules.why_not_add_room("Attic", names[1:]) is None
    assert rules.why_not_add_room("Room 7", names[1:]) == rules.why_not_name_room("Room 7", names)
    too_many = "An event can have 40 rooms. Remove one that is not used first"
    assert rules.why_not_add_room("Attic", names) == Refusal(too_many)


@pytest.mark.parametrize(
    ("sessions", "held"), [(0, None), (1, "1 session is in Studio"), (2, "2 sessions are in Studio")]
)
def test_why_not_remove_room(sessions, held):
    why_not = rules.why_not_remove_room("Studio", sessions)
    words = f"{held}. Move them to another room first, then remove this one"
    assert why_not == (Refusal(words) if held else None)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({}, False),
        *[({name: "Else"}, True) for name in ("name", "blurb", "place", "town")],
        ({"starts_at": at("8:00")}, True),
        ({"ends_at": at("17:00")}, True),
        *[({name: "Else"}, False) for name in ("directions", "cost", "access", "access_details", "support")],
        ({"capacity": 1, "chosen_names": False, "registration_open": False}, False),
    ],
)
def test_looks_different_to_calendars(changed, told):
    assert rules.looks_different(details(), details(**changed)) == told


@pytest.mark.parametrize(
    ("place", "town", "where"),
    [("Hall", "Stoke", "Hall, Stoke"), ("Hall", "", "Hall"), ("", "Stoke", "Stoke"), ("", "", "")],
)
def test_where(place, town, where):
    assert replace(EVENT, place=place, town=town).where == where
