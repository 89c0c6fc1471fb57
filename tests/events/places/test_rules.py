"""Places: how many are left for newcomers, and what the next one gets."""

from __future__ import annotations

from dataclasses import replace

import pytest

from events.places.rules import Place, Places, Position, places_at, places_in
from events.registration.rules import CHOICE_MOVES, MOVES
from tests.events.made import EVENT, visible


@pytest.mark.parametrize(
    ("taken", "waiting", "left", "gets"),
    [
        (0, 0, 10, Place()),
        (3, 0, 7, Place()),
        (9, 0, 1, Place()),
        (10, 0, 0, Position(1)),
        (10, 4, 0, Position(5)),
        (9, 1, 0, Position(2)),
        (11, 0, 0, Position(1)),
    ],
)
def test_places_are_for_newcomers_only_where_nobody_waits(taken, waiting, left, gets):
    places = Places(10, taken, waiting)
    assert (places.left, places.for_newcomer) == (left, gets)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "1st"),
        (2, "2nd"),
        (3, "3rd"),
        (4, "4th"),
        (10, "10th"),
        (11, "11th"),
        (12, "12th"),
        (13, "13th"),
        (21, "21st"),
        (22, "22nd"),
        (101, "101st"),
        (111, "111th"),
        (112, "112th"),
        (113, "113th"),
    ],
)
def test_a_position_in_words(number, words):
    assert Position(number).words == words


def test_an_event_and_a_workshop_are_counted_alike():
    assert places_at(replace(EVENT, capacity=30, taken=2, waiting=1)) == Places(30, 2, 1)
    assert places_in(visible(places=30, taken=2, waiting=1)) == Places(30, 2, 1)
    assert places_in(visible(kind="plenary", places=None)) == Places(0, 0, 0)


@pytest.mark.parametrize("moves", [MOVES, CHOICE_MOVES])
@pytest.mark.parametrize("standing", [Place(), Position(3)])
def test_a_standing_is_a_state_of_what_is_registered(moves, standing):
    assert standing.state in moves
