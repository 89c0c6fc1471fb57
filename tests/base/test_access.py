"""Who may open which page: asked in one place."""

from __future__ import annotations

import pytest
from flask import g

from base.access import Viewer, allow, check_access, may, public, viewer
from base.errors import NotHere, SignInNeeded

ADA = Viewer(1, "Ada", "ada@example.org")
ROOT = Viewer(2, "Root", "root@example.org", administrator=True)


@pytest.fixture
def inside(app, monkeypatch):
    """Inside a request, with one permission: whoever has the same number as the entry."""
    table = {"trial.open": lambda person, entry, **_: person.person_id == entry}
    monkeypatch.setitem(app.extensions, "permissions", table)
    with app.test_request_context("/"):
        yield


@allow("trial.open")
def guarded(entry):
    """A view."""


@public("Everybody may")
def open_to_all(entry):
    """A view."""


def stateless(entry):
    """A view that forgot to say."""


def outcome(view, person):
    """What happens when somebody opens a view about entry 1."""
    g.viewer = person
    try:
        check_access(view, {"entry": 1})
    except (NotHere, SignInNeeded, RuntimeError) as error:
        return type(error)
    return "open"


def test_check_access_says_what_the_table_says(inside):
    """Administrators get nothing by being administrators; a view that says nothing opens for nobody."""
    views, people = (open_to_all, guarded, stateless), (None, ADA, ROOT)
    assert {(view.__name__, who and who.name): outcome(view, who) for view in views for who in people} == {
        ("open_to_all", None): "open",
        ("open_to_all", "Ada"): "open",
        ("open_to_all", "Root"): "open",
        ("guarded", None): SignInNeeded,
        ("guarded", "Ada"): "open",
        ("guarded", "Root"): NotHere,
        ("stateless", None): RuntimeError,
        ("stateless", "Ada"): RuntimeError,
        ("stateless", "Root"): RuntimeError,
    }


def test_may_is_the_same_question(inside):
    """What hides a link is what guards its page; a visitor may nothing, an unknown permission is an error."""
    g.viewer = None
    assert viewer() is None
    assert [may(who, "trial.open", entry=1) for who in (None, ADA, ROOT)] == [False, True, False]
    with pytest.raises(KeyError):
        may(ADA, "trial.misspelt", entry=1)
