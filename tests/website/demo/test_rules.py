"""The demonstration's people and things to try."""

from __future__ import annotations

from website.demo.rules import CHARACTERS, THINGS_TO_TRY, address, character


def test_addresses_are_of_a_domain_that_no_mail_reaches():
    assert address("Maya Collins") == "maya.collins@example.org"


def test_a_character_is_found_by_their_address():
    """And nobody else is."""
    assert [character(one.email) for one in CHARACTERS] == list(CHARACTERS)
    assert character("somebody@example.org") is None


def test_things_are_tried_as_somebody_who_is_there():
    """A visitor, or one of the characters, each by the button of their name."""
    assert {one.who for one in THINGS_TO_TRY} <= {"a visitor", *(one.name for one in CHARACTERS)}
