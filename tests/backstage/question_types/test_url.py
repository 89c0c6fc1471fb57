"""Web addresses: completed where need be, refused where they cannot be opened."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstage.question_types.rules.question_type import Given, Input
from backstage.question_types.rules.url import MOST_LETTERS, Url
from base.errors import Refusal

URL = Url()
LONGEST = "https://example.org/".ljust(MOST_LETTERS, "a")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        ("  ", ""),
        ("www.example.org", "https://www.example.org"),
        (" example.org/a?b=c#d ", "https://example.org/a?b=c#d"),
        ("http://example.org", "http://example.org"),
        ("https://example.org:8000", "https://example.org:8000"),
        ("https://münchen.example", "https://münchen.example"),
        ("https://example.org.", "https://example.org."),
        (LONGEST, LONGEST),
    ],
)
def test_addresses_that_are_kept(typed, kept):
    """With https:// in front where it was left out."""
    assert (URL.tidy(typed), URL.why_not_keep(URL.tidy(typed))) == (kept, None)


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
        "https://me@example.org",
        "https://example.org:0",
        "https://example.org:99999",
        "https://[example.org",
        "https://exa mple.org",
        f"{LONGEST}a",
    ],
)
def test_addresses_that_are_refused(typed):
    """With words that say what to type, at the field they were typed into."""
    assert URL.why_not_keep(URL.tidy(typed)) == Refusal(
        "Enter a full web address, like https://www.example.org", "text"
    )


@given(st.text(max_size=60))
def test_whatever_is_typed_only_web_addresses_are_kept(typed):
    """And nothing breaks."""
    kept = URL.tidy(typed)
    assert URL.why_not_keep(kept) is not None or not kept or kept.startswith(("http://", "https://"))


def test_what_it_asks_for():
    """One line."""
    assert (URL.input, URL.saves_itself, URL.asks(300), URL.most_words(300)) == (
        Input.LINE,
        False,
        "A web address",
        0,
    )
    assert URL.in_words(Given("Q", "url", text="https://a.org")) == "https://a.org"
