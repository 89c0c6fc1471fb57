"""All types of questions: what the house asks of each of them."""

from __future__ import annotations

import pytest

from backstage.question_types.rules import TYPES
from backstage.question_types.rules.question_type import Given, Input, QuestionType, Status
from base.errors import Refusal
from tests.structure.reading import TEMPLATES

EVERY = pytest.mark.parametrize("name", sorted(TYPES))


class Line(QuestionType):
    """A type that overrides nothing."""

    def asks(self, words):
        return "A line"


def test_what_holds_unless_a_type_says_otherwise():
    """One line that is done once it is there, has no limit, takes no file and is kept as it was typed."""
    line = Line()
    assert (line.input, line.saves_itself, line.most_words(300), line.endings(["pdf"])) == (
        Input.LINE,
        False,
        0,
        (),
    )
    assert (line.tidy(" a "), line.why_not_keep("anything")) == (" a ", None)
    assert [line.is_empty(Given("Q", text=text)) for text in ("", " \n ", "a")] == [True, True, False]
    assert line.status(Given("Q", text=" ")) == Status("empty", "Not started")
    assert line.status(Given("Q", text="a")) == Status("done", "Done")
    assert line.why_not_finished(Given("Q", text="a " * 400)) is None
    assert line.why_not_complete(Given("Q")) == Refusal("Answer: Q")
    assert line.why_not_complete(Given("Q", required=False)) is None
    assert line.why_not_complete(Given("Q", text="a")) is None
    assert line.in_words(Given("Q", text="a")) == "a"


@EVERY
def test_every_type_can_be_asked_and_drawn(name):
    """Its template has both macros; it says in words what it asks for."""
    kind = TYPES[name]
    piece = (TEMPLATES / kind.template).read_text()
    assert "macro ask(field, item, hint" in piece
    assert "macro drawn(item, file_page" in piece
    assert kind.asks(7)[:1].isupper()


@EVERY
def test_a_type_is_answered_by_a_text_or_by_a_file(name):
    """Never by both, never by neither; what takes files names their endings, what saves itself is no file."""
    kind = TYPES[name]
    by_text, by_file = Given("Q", name, text="7"), Given("Q", name, file_name="a.pdf", size=1)
    file = kind.input is Input.UPLOAD
    assert (kind.is_empty(by_text), kind.is_empty(by_file)) == (file, not file)
    assert bool(kind.endings([])) is file
    assert (kind.in_words(by_text), kind.in_words(by_file)) == (("", "a.pdf, 1 bytes") if file else ("7", ""))
    assert not (file and kind.saves_itself)
