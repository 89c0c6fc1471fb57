"""Invented names: many, and the same every time."""

from __future__ import annotations

from random import Random

from demo import names


def test_the_first_thousand_people_differ():
    assert len({names.person_name(number) for number in range(1000)}) == 1000


def test_the_first_sixty_organisations_differ():
    assert len({names.organisation(number)[0] for number in range(60)}) == 60


def test_answers_are_the_same_for_the_same_seed():
    """So that a picture of the demonstration can be compared with the last."""
    assert names.answers(Random(1841)) == names.answers(Random(1841))
    assert names.answers(Random(1841)) != names.answers(Random(1842))
