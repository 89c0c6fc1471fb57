"""How needs are written down and counted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.needs import rules


@pytest.mark.parametrize(
    ("chosen", "more", "line"),
    [
        ([], "", ""),
        ([], "  \n", ""),
        (["Large print"], "", "Large print"),
        ([], "I use a\n walking  frame ", "I use a walking frame"),
        (["Large print", "Easy Read"], "A frame", "Large print; Easy Read; A frame"),
    ],
)
def test_joined_needs(chosen, more, line):
    assert rules.joined_needs(chosen, more) == line


@given(chosen=st.lists(st.sampled_from(rules.ACCESS), unique=True), more=st.text("ab \n", max_size=12))
def test_joined_needs_can_be_told_apart_again(chosen, more):
    extra = [" ".join(more.split())] if more.strip() else []
    assert rules.needs_told_apart(rules.joined_needs(chosen, more)) == [*chosen, *extra]


def test_how_often_counts_the_commonest_first_then_by_name():
    lines = ["Vegan; No nuts", "", "Halal", "Vegan", "No nuts", "Vegan"]
    assert rules.how_often(lines) == [("Vegan", 3), ("No nuts", 2), ("Halal", 1)]
    assert rules.how_often(["b; a"]) == [("a", 1), ("b", 1)]
    assert rules.how_often([]) == []
