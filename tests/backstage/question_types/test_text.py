"""A text: how far it is, and what happens when it is too long."""

from __future__ import annotations

import pytest

from backstage.question_types.rules.question_type import Given, Input, Status
from backstage.question_types.rules.text import Text
from base.errors import Refusal

TEXT = Text()


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (Given("Q"), Status("empty", "Not started")),
        (Given("Q", text=" \n "), Status("empty", "Not started")),
        (Given("Q", text=" \n ", finished=True), Status("empty", "Not started")),
        (Given("Q", text="One"), Status("in_progress", "In progress")),
        (Given("Q", text="One", finished=True), Status("done", "Done")),
        (Given("Q", text="a b", words=3, finished=True), Status("done", "Done")),
        (Given("Q", text="a b c", words=3, finished=True), Status("done", "Done")),
        (Given("Q", text="a b c d", words=3, finished=True), Status("too_long", "Too long by 1 word")),
        (Given("Q", text="a b c d e", words=3), Status("too_long", "Too long by 2 words")),
    ],
)
def test_status(given, expected):
    """Empty, in progress until its writer says that it is done, too long whoever says what."""
    assert TEXT.status(given) == expected


@pytest.mark.parametrize(
    ("given", "finished", "complete"),
    [
        (Given("Summary"), None, Refusal("Answer: Summary")),
        (Given("Summary", required=False), None, None),
        (Given("Summary", text="a", words=1), None, None),
        (
            Given("Summary", text="a b", words=1, required=False),
            Refusal("Shorten this by 1 word. What you wrote is saved as it is", "text"),
            Refusal("Shorten by 1 word: Summary"),
        ),
        (
            Given("Summary", text="a b c", words=1, finished=True),
            Refusal("Shorten this by 2 words. What you wrote is saved as it is", "text"),
            Refusal("Shorten by 2 words: Summary"),
        ),
    ],
)
def test_why_not_finished_and_why_not_complete(given, finished, complete):
    """Too long is never whole; empty is not where an answer is required, and half-written is enough."""
    assert TEXT.why_not_finished(given) == finished
    assert TEXT.why_not_complete(given) == complete


def test_what_it_asks_for():
    """Several lines, saved while they are written, of so many words."""
    assert (TEXT.input, TEXT.saves_itself) == (Input.LINES, True)
    assert (TEXT.asks(1), TEXT.asks(300), TEXT.most_words(300)) == ("Up to 1 word", "Up to 300 words", 300)
    assert TEXT.in_words(Given("Q", text="One\ntwo")) == "One\ntwo"
