"""What is on now and next, and the words above an event's name."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from events.public_page import rules
from tests.events.made import EVENT, visible
from tests.events.symphony import at


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("6:59", {}),
        ("7:00", {1: "next"}),
        ("9:00", {1: "now", 2: "next"}),
        ("9:59", {1: "now", 2: "next"}),
        ("10:00", {2: "now"}),
        ("11:00", {}),
    ],
)
def test_states(now, expected):
    sessions = [
        visible(1, "9:00", "10:00"),
        visible(2, "10:00", "11:00"),
        visible(3, "9:00", "11:00", kind="open"),
    ]
    assert rules.states(sessions, at(now)) == expected


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({}, "In 3 weeks: 220 places left"),
        ({"taken": 219}, "In 3 weeks: 1 place left"),
        ({"taken": 220}, "In 3 weeks: full"),
        ({"taken": 220, "waiting": 3}, "In 3 weeks: full, 3 people waiting"),
        ({"taken": 219, "waiting": 1}, "In 3 weeks: full, 1 person waiting"),
        ({"registration_open": False}, "In 3 weeks: registration is closed"),
    ],
)
def test_state_words(changed, words):
    assert rules.state_words(replace(EVENT, **changed), at("9:00") - timedelta(weeks=3)) == words


def test_state_words_on_the_day_and_after():
    assert rules.state_words(EVENT, at("12:00")) == "On now: 220 places left"
    assert rules.state_words(EVENT, at("16:30")) == "This event is over"
