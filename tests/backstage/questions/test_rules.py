"""How far answers are, which texts are kept, what a web address is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstage.questions import rules
from backstage.questions.rules import Given, Status
from base.errors import Refusal

NOW = datetime(2026, 5, 5, 9, tzinfo=UTC)
MINUTE, MOMENT = timedelta(minutes=1), timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("given_answer", "expected"),
    [
        (Given("Q"), Status("empty", "Not started")),
        (Given("Q", text=" \n "), Status("empty", "Not started")),
        (Given("Q", text="One"), Status("in_progress", "In progress")),
        (Given("Q", text="One", finished=True), Status("done", "Done")),
        (Given("Q", text="a b c", words=3, finished=True), Status("done", "Done")),
        (Given("Q", text="a b c d", words=3, finished=True), Status("too_long", "Too long by 1 word")),
        (Given("Q", text="a b c d e", words=3), Status("too_long", "Too long by 2 words")),
        (Given("Q", type="url", text="https://a.org"), Status("done", "Done")),
        (Given("Q", type="file"), Status("empty", "Not started")),
        (Given("Q", type="file", text="left over"), Status("empty", "Not started")),
        (Given("Q", type="image", has_file=True), Status("done", "Done")),
    ],
)
def test_status_of(given_answer, expected):
    """One of four, in words."""
    assert rules.status_of(given_answer) == expected


@pytest.mark.parametrize(
    ("given_answer", "expected"),
    [
        (Given("Summary"), Refusal("Answer: Summary")),
        (Given("Summary", required=False), None),
        (Given("Photo", type="image"), Refusal("Add: Photo")),
        (Given("Link", type="url"), Refusal("Answer: Link")),
        (Given("Summary", text="a b", words=1), Refusal("Shorten by 1 word: Summary")),
        (Given("Summary", text="a"), None),
    ],
)
def test_why_not_complete(given_answer, expected):
    """What stands between an answer and sending it in."""
    assert rules.why_not_complete(given_answer) == expected


@pytest.mark.parametrize(
    ("type_", "accept", "expected"),
    [
        ("file", ["pdf", "docx", "pptx"], ("pdf", "docx", "pptx")),
        ("file", [], ("pdf", "docx", "pptx", "jpg", "png")),
        ("file", ["pdf", "exe"], ("pdf",)),
        ("image", [], ("jpg", "png")),
        ("image", ["png"], ("png",)),
        ("image", ["pdf"], ("jpg", "png")),
    ],
)
def test_endings_of(type_, accept, expected):
    """Only kinds that we know, and for a picture only pictures."""
    assert rules.endings_of(type_, accept) == expected


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        ("www.example.org", "https://www.example.org"),
        (" example.org/a?b=c#d ", "https://example.org/a?b=c#d"),
        ("http://example.org", "http://example.org"),
        ("https://münchen.example", "https://münchen.example"),
        ("https://example.org.", "https://example.org."),
    ],
)
def test_addresses_that_are_kept(typed, kept):
    """Completed where need be."""
    assert (rules.tidy_url(typed), rules.why_not_url(rules.tidy_url(typed))) == (kept, None)


@pytest.mark.parametrize(
    "typed",
    [
        "our page",
        "localhost",
        "https://",
        "https://a..b",
        "javascript://example.org/%0aalert(1)",
        "ftp://example.org",
        "https://me:secret@example.org",
        "https://example.org:0",
        "https://example.org:99999",
        "https://[example.org",
        "https://exa mple.org",
        "https://example.org/" + "a" * 500,
    ],
)
def test_addresses_that_are_refused(typed):
    """With words that say what to type."""
    wanted = Refusal("Enter a full web address, like https://www.example.org", "text")
    assert rules.why_not_url(rules.tidy_url(typed)) == wanted


@given(st.text(max_size=60))
def test_whatever_is_typed_only_web_addresses_are_kept(typed):
    """And nothing breaks."""
    kept = rules.tidy_url(typed)
    assert rules.why_not_url(kept) is not None or not kept or kept.startswith(("http://", "https://"))


@pytest.mark.parametrize(
    ("seen", "current", "written_by", "who", "expected"),
    [
        (3, 3, 1, 1, False),
        (3, 3, 2, 1, False),
        (2, 3, 2, 1, True),
        (2, 3, 1, 1, False),
        (2, 3, None, 1, True),
        (9, 3, 2, 1, True),
    ],
)
def test_overtaken(seen, current, written_by, who, expected):
    """By somebody else, since one looked."""
    assert rules.overtaken(seen, current, written_by, who) is expected


def keep(before="one two three four", after="one two three four five", **changes):
    """Whether it is kept; my own text of a moment ago, seen, with one kept shortly before, unless changed."""
    given_facts: dict[str, Any] = {
        "unseen": False,
        "written_by": 1,
        "who": 1,
        "kept_at": NOW - 2 * MINUTE,
        "written_at": NOW - MINUTE,
        "now": NOW,
    }
    return rules.worth_keeping(before, after=after, **(given_facts | changes))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, False),
        ({"written_by": 2}, True),
        ({"unseen": True}, True),
        ({"after": "one two"}, False),
        ({"after": "one"}, True),
        ({"after": ""}, True),
        ({"kept_at": None}, True),
        ({"kept_at": NOW - 11 * MINUTE}, True),
        ({"kept_at": NOW - 11 * MINUTE + MOMENT}, False),
        ({"kept_at": NOW - 60 * MINUTE, "written_at": NOW - 55 * MINUTE}, True),
        ({"kept_at": NOW - 12 * MINUTE, "written_at": NOW - 10 * MINUTE}, True),
        ({"before": " ", "written_by": 2}, False),
        ({"before": "same", "after": "same", "written_by": 2}, False),
    ],
)
def test_worth_keeping(changes, expected):
    """Another's, an unseen or a much longer text always; one's own every ten minutes."""
    assert keep(**changes) is expected


@given(st.lists(st.tuples(st.integers(1, 2), st.text("ab ", max_size=8)), max_size=12))
def test_no_text_of_another_writer_is_ever_lost(changes):
    """Write one after another: every text that somebody else replaces is kept or empty."""
    text, by, kept = "", 1, []
    for who, after in changes:
        if text != after:
            if rules.worth_keeping(
                text, after=after, unseen=False, written_by=by, who=who, kept_at=NOW, written_at=NOW, now=NOW
            ):
                kept.append(text)
            assert who == by or not text.strip() or kept[-1] == text
            text, by = after, who
