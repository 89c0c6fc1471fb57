"""The form of one question."""

from __future__ import annotations

import io

import pytest

from backstage.answers.actions import save_answer
from backstage.answers.forms import FileAnswerForm, TypedAnswerForm, form_for
from backstage.answers.queries import item_of
from tests.backstage.answers.sheet import PDF, make_sheet


@pytest.fixture
def asked(app, db_session, monkeypatch):
    """An empty sheet; forms need no token."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
    return make_sheet()


def form_of(asked, key):
    """The form of a question of the sheet as it stands."""
    return form_for(item_of(asked.sheet_id, key))


def test_it_holds_the_answer_so_far(app, asked):
    """Labelled with the question, with the version that the page shows."""
    save_answer(asked.sheet_id, asked.questions["what"], "We built it", 0, None)
    with app.test_request_context():
        form = form_of(asked, "what")
        assert isinstance(form, TypedAnswerForm)
        assert (form.text.label.text, form.text.data, form.version.data) == (
            "What was done?",
            "We built it",
            "1",
        )
        assert form_of(asked, "link").version.data == "0"


@pytest.mark.parametrize(
    ("sent", "headers", "expected"),
    [
        ({"text": "One", "version": "3"}, {}, {"text": "One", "version": 3, "finished": True}),
        ({"text": "One", "later": "y"}, {}, {"text": "One", "version": 0, "finished": False}),
        ({"text": "One"}, {"X-Autosave": "1"}, {"text": "One", "version": 0, "finished": False}),
        ({"version": "1"}, {}, {"text": "", "version": 1, "finished": True}),
    ],
)
def test_what_a_typed_answer_says(app, asked, sent, headers, expected):
    """Finished by "Save and continue" alone."""
    with app.test_request_context(method="POST", data=sent, headers=headers):
        form = form_of(asked, "what")
        assert form.validate_on_submit()
        assert form.values() == expected


@pytest.mark.parametrize(
    ("typed", "seen"),
    [("2147483647", 2147483647), ("2147483648", 0), ("-1", 0), ("٣", 0), ("x", 0), ("1.5", 0)],
)
def test_a_version_that_is_none_of_ours(app, asked, typed, seen):
    """Counts as one that nobody has seen."""
    with app.test_request_context(method="POST", data={"text": "One", "version": typed}):
        assert form_of(asked, "what").values()["version"] == seen


def test_what_a_file_says(app, asked):
    """Its content and its name, or what to call it where the browser gave none; one has to be chosen."""
    for name, called in (("Report.pdf", "Report.pdf"), ("", "")):
        data = {"file": (io.BytesIO(PDF), name)}
        with app.test_request_context(method="POST", data=data):
            form = form_of(asked, "evidence")
            assert isinstance(form, FileAnswerForm)
            assert form.validate_on_submit() is bool(called)
            if called:
                assert form.values() == {"content": PDF, "file_name": called}
            else:
                assert list(form.file.errors) == ["Choose a file"]
