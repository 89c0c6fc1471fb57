"""The fields in which questions are answered."""

from __future__ import annotations

import pytest
from flask import Flask
from wtforms import FileField, StringField, TextAreaField

from backstage.question_types.forms import field_for
from backstage.question_types.rules import TYPES
from base.forms import ChorusForm


@pytest.mark.parametrize(
    ("name", "kind"),
    [("text", TextAreaField), ("url", StringField), ("file", FileField), ("image", FileField)],
)
def test_field_for(name, kind):
    """Several lines, one line or a file, labelled with the question; only a file has to be chosen."""
    app = Flask("fields")
    app.config.update(SECRET_KEY="for tests", WTF_CSRF_ENABLED=False)
    form_class = type("Page", (ChorusForm,), {"answer": field_for(TYPES[name], "What was done?")})
    with app.test_request_context(method="POST", data={"x": "1"}):
        form = form_class()
        assert isinstance(form.answer, kind)
        assert isinstance(form.answer, TextAreaField) is (kind is TextAreaField)
        assert form.answer.label.text == "What was done?"
        assert form.validate_on_submit() is (kind is not FileField)
