"""Names compared, and names in addresses."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from base.text import MOST_SLUG, free_slug, plain_words, slug_of


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("St Andrew's Healthcare", ["st", "andrews", "healthcare"]),
        ("ST ANDREW’S, HEALTHCARE", ["st", "andrews", "healthcare"]),
        ("Dŵr a'r Meddwl", ["dwr", "ar", "meddwl"]),
        ("Café-Straße 24/7", ["cafe", "strasse", "24", "7"]),
        ("…", []),
    ],
)
def test_plain_words(name, words):
    assert plain_words(name) == words


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Second Staffordshire Symphony", "second-staffordshire-symphony"),
        ("Workshop: what should it be?", "workshop-what-should-it-be"),
        ("Dŵr a'r Meddwl", "dwr-ar-meddwl"),
        ("St Andrew's Healthcare & Friends", "st-andrews-healthcare-friends"),
        ("…", "event"),
        ("a" * 59 + " b", "a" * 59),
        ("a" * 61, "a" * 60),
    ],
)
def test_slug_of_reads_like_the_name(name, slug):
    """So that an address can be read out."""
    assert slug_of(name, "event") == slug


@given(st.text(max_size=200))
def test_slug_of_fits_an_address(name):
    """Letters, digits and single dashes, whatever the name."""
    slug = slug_of(name, "organisation")
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)
    assert len(slug) <= MOST_SLUG


def test_free_slug_counts_from_two():
    """And takes a gap."""
    assert [free_slug("tea", taken) for taken in ((), ("tea",), ("tea", "tea-2"), ("tea", "tea-3"))] == [
        "tea",
        "tea-2",
        "tea-3",
        "tea-2",
    ]
