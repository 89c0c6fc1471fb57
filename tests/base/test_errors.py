"""How Chorus says no."""

from __future__ import annotations

import pytest

from base.errors import Refusal, Refused, refuse_if


def test_a_refusal_reads_as_its_words():
    """In a template, in a log, in a test."""
    assert (str(Refusal("Choose a room", "room_id")), Refusal("Not now").field) == ("Choose a room", "")


def test_a_refusal_ends_an_action_and_nothing_else_does():
    """With its words and its field."""
    refuse_if(None)
    with pytest.raises(Refused) as refused:
        refuse_if(Refusal("Choose a room", "room_id"))
    assert refused.value.why_not == Refusal("Choose a room", "room_id")
    assert (refused.value.why, refused.value.field, str(refused.value)) == (
        "Choose a room",
        "room_id",
        "Choose a room",
    )
