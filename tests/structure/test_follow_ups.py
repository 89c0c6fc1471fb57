"""Every follow-up that is declared is followed, by a function that takes what it is given."""

from __future__ import annotations

import ast
import inspect

import pytest

from base.follow_ups import DECLARED
from tests.structure.reading import code_files, functions
from website.factory import FOLLOW_UPS


def test_every_follow_up_that_is_declared_is_filled():
    """Also one in a file that nothing has imported yet: it would be missing once something does."""
    declared = {
        f"{path.parent.name}.{function.name}"
        for path in code_files()
        for function in functions(path)
        if any(ast.unparse(mark) == "follow_up" for mark in function.decorator_list)
    }
    assert declared == set(FOLLOW_UPS), "name who follows it in FOLLOW_UPS of website/factory.py"


@pytest.mark.usefixtures("app")
def test_whoever_follows_takes_what_it_is_given():
    """Names of arguments are the same on both sides."""
    given = {name: list(inspect.signature(DECLARED[name]).parameters) for name in FOLLOW_UPS}
    taken = {name: list(inspect.signature(follower).parameters) for name, follower in FOLLOW_UPS.items()}
    assert given == taken
