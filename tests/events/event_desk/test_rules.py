"""The lines of the desk: in words, and only where there is something to do."""

from __future__ import annotations

from typing import Any

import pytest

from events.event_desk.rules import todos
from tests.events.made import full
from tests.events.symphony import at

NOTHING: dict[str, Any] = {"access_needs": 0, "full": (), "double_booked": 0, "secret": (), "stale": False}
STORIES, GRIEF = full(1, title="Stories", waiting=1), full(2, title="Grief", waiting=2)
SECRET = full(3, title="The choir", embargo_until=at("8:30"), covering_title="A surprise")


def test_todos_of_an_event_with_nothing_to_do():
    assert todos(**NOTHING) == []


@pytest.mark.parametrize(
    ("found", "kind", "count", "text"),
    [
        ({"access_needs": 1}, "needs", 1, "registration has noted access needs"),
        ({"access_needs": 2}, "needs", 2, "registrations have noted access needs"),
        ({"full": [STORIES]}, "full", 1, "workshop is full and 1 person waits: Stories"),
        (
            {"full": [STORIES, GRIEF]},
            "full",
            2,
            "workshops are full and 3 people wait: Stories and Grief",
        ),
        ({"double_booked": 1}, "twice", 1, "person has two workshops at the same time since one was moved"),
        ({"double_booked": 3}, "twice", 3, "people have two workshops at the same time since one was moved"),
        (
            {"secret": [SECRET]},
            "surprise",
            1,
            "surprise, The choir, is told on Thursday 17 September, 8.30am",
        ),
        ({"stale": True}, "stale", 1, "programme is not made of the agenda as it is now"),
    ],
)
def test_todos_says_what_it_is_about(found, kind, count, text):
    (todo,) = todos(**(NOTHING | found))
    assert (todo.kind, todo.count, todo.text) == (kind, count, text)


def test_todos_name_each_surprise():
    lines = todos(**(NOTHING | {"access_needs": 4, "secret": [SECRET, SECRET], "stale": True}))
    assert [todo.kind for todo in lines] == ["needs", "surprise", "surprise", "stale"]
