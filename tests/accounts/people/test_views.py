"""Changing one's name through its page."""

from __future__ import annotations

import pytest


def test_change_name_through_the_page(signed_in):
    """The name is everywhere at once."""
    browser = signed_in("maya@example.org", "Maya")
    landed = browser.open("/me/name").press("Save name", **{"Your name": "Maya Collins"})
    assert (landed.url, landed.h1, landed.notices) == (
        "/me",
        "Hello Maya Collins",
        ["Your name has been saved."],
    )


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Enter the name you want others here to see"),
        ("  ", "Enter the name you want others here to see"),
        ("a" * 81, "Use 80 characters or fewer"),
    ],
)
def test_change_name_says_what_is_wrong(signed_in, typed, said):
    """Beside the field; the name stays."""
    browser = signed_in("maya@example.org", "Maya")
    page = browser.open("/me/name").press("Save name", **{"Your name": typed})
    assert (page.status, page.errors) == (422, [said])
    assert browser.open("/me").h1 == "Hello Maya"
