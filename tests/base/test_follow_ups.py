"""A later topic follows an earlier one, by a name that both sides must know."""

from __future__ import annotations

import pytest
from flask import Flask

from base import follow_ups
from base.follow_ups import fill, follow_up


@pytest.fixture
def declared(monkeypatch):
    """A name that this test declares, and no other; its topic is the folder of this file."""
    monkeypatch.setattr(follow_ups, "DECLARED", {})

    @follow_up
    def something_happened(number: int, *, twice: bool = False) -> None:
        """A number was met."""

    return something_happened


def test_whoever_was_named_is_called_with_the_same_arguments(declared):
    app, seen = Flask("test"), []
    fill(app, {"base.something_happened": lambda number, twice=False: seen.append((number, twice))})
    with app.app_context():
        declared(7)
        declared(8, twice=True)
    assert seen == [(7, False), (8, True)]


def test_what_the_follower_raises_goes_to_the_caller(declared):
    app = Flask("test")
    fill(app, {"base.something_happened": lambda number: 1 // number})
    with app.app_context(), pytest.raises(ZeroDivisionError):
        declared(0)


@pytest.mark.parametrize(
    ("followers", "why"),
    [
        ({}, r"nobody declared: \[\]; that nobody follows: \['base.something_happened'\]"),
        ({"base.something_happened": print, "base.other": print}, r"declared: \['base.other'\]; .*: \[\]"),
    ],
)
@pytest.mark.usefixtures("declared")
def test_a_name_that_is_unknown_or_missing_ends_the_start(followers, why):
    with pytest.raises(RuntimeError, match=why):
        fill(Flask("test"), followers)


def test_a_name_is_declared_once(declared):
    with pytest.raises(RuntimeError, match=r"two follow-ups are called base\.something_happened"):
        follow_up(declared)
