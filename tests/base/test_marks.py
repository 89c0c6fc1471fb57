"""Lists of fields, and what is marked on them."""

from __future__ import annotations

from dataclasses import dataclass, field

from base.marks import all_but, mark

LOUD, RED = mark("loud"), mark("red")


@dataclass
class Thing:
    plain: str
    loud: str = field(metadata=LOUD)
    both: str = field(metadata=LOUD | RED)
    red: str = field(metadata=RED)


@dataclass
class More(Thing):
    later: str


def test_all_but_leaves_out_what_carries_one_of_the_marks():
    assert all_but(Thing) == ("plain", "loud", "both", "red")
    assert all_but(Thing, LOUD) == ("plain", "red")
    assert all_but(Thing, RED) == ("plain", "loud")
    assert all_but(Thing, LOUD, RED) == all_but(Thing, LOUD | RED) == ("plain",)


def test_all_but_takes_what_is_inherited():
    assert all_but(More, LOUD) == ("plain", "red", "later")
