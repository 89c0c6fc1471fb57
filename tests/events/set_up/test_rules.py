"""Events and rooms."""

from __future__ import annotations

import pytest

from events.set_up import rules
from tests.events.symphony import at


@pytest.mark.parametrize(
    ("places", "taken", "waiting", "left"), [(10, 3, 0, 7), (10, 10, 0, 0), (10, 9, 1, 0), (10, 11, 0, 0)]
)
def test_places_left_are_for_newcomers_only_where_nobody_waits(places, taken, waiting, left):
    assert rules.places_left(places, taken, waiting) == left


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Second Staffordshire Symphony", "second-staffordshire-symphony"),
        ("Workshop: what should it be?", "workshop-what-should-it-be"),
        ("…", "event"),
        ("People's day", "peoples-day"),
    ],
)
def test_slug_of(name, slug):
    assert rules.slug_of(name) == slug


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


def test_why_not_times():
    assert rules.why_not_times(at("9:00"), at("9:01")) is None
    assert rules.why_not_times(at("9:00"), at("9:00")) is not None


def test_why_not_name_room_minds_no_capitals():
    assert rules.why_not_name_room("studio", {"Studio"}) is not None
    assert rules.why_not_name_room("Studio 2", {"Studio"}) is None


@pytest.mark.parametrize(
    ("sessions", "begins"), [(0, None), (1, "1 session is in Studio"), (2, "2 sessions are in Studio")]
)
def test_why_not_remove_room(sessions, begins):
    why = rules.why_not_remove_room("Studio", sessions)
    assert (why and why.partition(".")[0]) == begins
