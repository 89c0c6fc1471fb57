"""The page of one question, as any topic with questions would open it."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from functools import partial

import pytest

from backstage.answers.actions import save_answer, save_file
from backstage.answers.queries import item_of
from backstage.answers.views import QuestionPage
from base.errors import NotHere, Refusal, refuse_if
from tests.backstage.answers.sheet import PDF, make_sheet

NOW = datetime(2026, 5, 5, 9, tzinfo=UTC)  # 10am in London
OVERTAKEN = "Somebody else changed this answer while you were writing. Both texts are below"


@pytest.fixture
def asked(app, db_session, monkeypatch, at):
    """An empty sheet; forms need no token."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
    at(NOW)
    return make_sheet()


@pytest.fixture
def people(person):
    """The ids of two writers."""
    return [person(f"{name}@example.org").id for name in "ab"]


def page_of(asked, key, why_not=None):
    """The page of a question; the others' pages are /KEY and one comes back to /."""
    return QuestionPage(asked.sheet_id, key, address=lambda other: f"/{other}", home="/", why_not=why_not)


def send(app, asked, key, who=None, why_not=None, headers=None, **data):
    """(page, answer) of sending a question's form; what may not be written is refused by the action."""
    with app.test_request_context(method="POST", data=data, headers=headers or {}):
        page = page_of(asked, key, why_not)
        question = page.item.question

        def write(text, version, finished):
            refuse_if(why_not)
            return save_answer(asked.sheet_id, question, text, version, who, finished=finished)

        answer = page.answer(write=write, upload=partial(_upload, asked, question, who))
        return page, answer


def _upload(asked, question, who, content, file_name):
    return save_file(asked.sheet_id, question, content, file_name, who)


def test_a_page_that_is_only_opened_answers_nothing(app, asked):
    """The topic renders it."""
    with app.test_request_context():
        page = page_of(asked, "what")
        assert page.answer(write=save_answer, upload=save_file) is None
        assert (page.form.status, page.overtaken, list(page.earlier), page.writers) == (200, None, [], [])
        with pytest.raises(NotHere):
            page_of(asked, "nothing")


@pytest.mark.parametrize(
    ("key", "text", "onward"),
    [("what", "We built it", "/link"), ("link", "example.org", "/evidence")],
)
def test_saving_goes_on_to_the_next_question(app, asked, key, text, onward):
    """The answer is done."""
    _, answer = send(app, asked, key, text=text, version="0")
    assert (answer.status_code, answer.location) == (303, onward)
    assert item_of(asked.sheet_id, key).status.words == "Done"


def test_after_the_last_question_one_comes_home(app, asked):
    """Where the topic says."""
    with app.test_request_context():
        assert [page_of(asked, key).onward for key in ("what", "link", "evidence")] == [
            "/link",
            "/evidence",
            "/",
        ]


def test_coming_back_later(app, asked):
    """Home at once; the answer is in progress."""
    _, answer = send(app, asked, "what", text="We", version="0", later="y")
    assert (answer.status_code, answer.location) == (303, "/")
    assert item_of(asked.sheet_id, "what").status.words == "In progress"


def test_too_long_is_saved_and_said(app, asked):
    """The page is shown again with what was saved, so that pressing save once more overwrites nobody."""
    page, answer = send(app, asked, "what", text="one two three four five six", version="0")
    assert answer is None
    assert list(page.form.text.errors) == ["Shorten this by 1 word. What you wrote is saved as it is"]
    assert (page.form.version.data, page.form.status) == ("1", 422)
    assert item_of(asked.sheet_id, "what").text == "one two three four five six"


def test_saving_by_itself(app, asked):
    """JSON with the hour and the new version; even a text that is too long."""
    headers = {"X-Autosave": "1"}
    _, answer = send(app, asked, "what", headers=headers, text="one two three four five six", version="0")
    assert answer == {"message": "Saved at 10am", "saved_at": "10am", "fields": {"version": "1"}}
    assert item_of(asked.sheet_id, "what").status.state == "too_long"


def test_two_writers(app, asked, people):
    """The slower one sees both texts and who wrote the other; while typing, a line that says what to do."""
    one, other = people
    save_answer(asked.sheet_id, asked.questions["what"], "Mine", 0, one)
    headers = {"X-Autosave": "1"}
    _, told = send(app, asked, "what", other, headers=headers, text="Theirs", version="0")
    assert told == (
        {
            "message": "Not saved. Somebody else changed this answer while you were writing. "
            "Press save to see both texts."
        },
        422,
    )
    page, answer = send(app, asked, "what", other, text="Theirs", version="0")
    assert (answer, list(page.form.text.errors), page.form.text.data) == (None, [OVERTAKEN], "Theirs")
    assert page.overtaken is not None
    assert (page.overtaken.text, page.form.version.data, page.writers) == ("Mine", "1", [one])
    page, _ = send(app, asked, "what", other, text="Both", version="1")
    assert [line.text for line in page.earlier] == ["Mine"]
    assert item_of(asked.sheet_id, "what").text == "Both"


def test_what_may_not_be_written_now(app, asked):
    """The action says so, at the top of the page or below the text that could not be saved by itself."""
    closed = Refusal("Entries have closed")
    page, answer = send(app, asked, "what", why_not=closed, text="Late", version="0")
    assert (answer, page.why_not, page.form.form_errors) == (None, closed, ["Entries have closed"])
    _, told = send(app, asked, "what", why_not=closed, headers={"X-Autosave": "1"}, text="Late")
    assert told == ({"message": "Not saved. Entries have closed."}, 422)


def test_what_the_type_cannot_keep(app, asked):
    """Stays in its field with what is wrong."""
    page, answer = send(app, asked, "link", text="our page", version="0")
    assert (answer, page.form.text.data) == (None, "our page")
    assert list(page.form.text.errors) == ["Enter a full web address, like https://www.example.org"]


def test_a_file(app, asked):
    """Uploaded, one stays on its page to see it; of another kind, the field says so."""
    page, answer = send(app, asked, "evidence", file=(io.BytesIO(b"words"), "a.pdf"))
    assert (answer, list(page.form.file.errors)) == (None, ["The file must be one of these kinds: PDF"])
    page, answer = send(app, asked, "evidence", file=(io.BytesIO(PDF), "Report.pdf"))
    assert (answer.status_code, answer.location) == (303, "/evidence")
    assert item_of(asked.sheet_id, "evidence").given.file_name == "Report.pdf"
