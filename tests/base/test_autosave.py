"""What a form that saves itself is answered."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from flask import Flask
from wtforms import StringField
from wtforms.validators import Length

from base import autosave
from base.errors import Refusal
from base.forms import ChorusForm

HALF_PAST = datetime(2026, 5, 5, 9, 30, tzinfo=UTC)  # 10.30am in London


class Note(ChorusForm):
    """One short text."""

    text = StringField("Note", validators=[Length(max=3)])


@pytest.fixture
def site():
    """An app for forms, without tokens."""
    app = Flask("autosave")
    app.config.update(SECRET_KEY="for tests", WTF_CSRF_ENABLED=False)
    return app


@pytest.mark.parametrize(
    ("method", "headers", "expected"),
    [
        ("POST", {"X-Autosave": "1"}, True),
        ("POST", {}, False),
        ("GET", {"X-Autosave": "1"}, False),
    ],
)
def test_saves_itself(site, method, headers, expected):
    """Sent, and not by a button."""
    with site.test_request_context(method=method, headers=headers):
        assert autosave.saves_itself() is expected


def test_saved():
    """The hour as people say it, and the hidden fields as a form holds them."""
    assert autosave.saved(HALF_PAST) == {"message": "Saved at 10.30am", "saved_at": "10.30am", "fields": {}}
    assert autosave.saved(HALF_PAST, version=7)["fields"] == {"version": "7"}


def test_not_saved(site):
    """The first thing that is wrong, or what the page says instead."""
    with site.test_request_context(method="POST", data={"text": "long"}):
        form = Note()
        assert not form.validate_on_submit()
        form.refuse(Refusal("A second thing"))
        assert autosave.not_saved(form) == ({"message": "Not saved. A second thing."}, 422)
        assert autosave.not_saved(form, "Look") == ({"message": "Not saved. Look."}, 422)
        form.form_errors = []
        assert autosave.not_saved(form) == (
            {"message": "Not saved. Shorten this to 3 characters or fewer."},
            422,
        )
