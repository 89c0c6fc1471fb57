"""Secrets in links and codes."""

from __future__ import annotations

import re
import string

from hypothesis import given
from hypothesis import strategies as st

from base import tokens


def test_tokens_are_long_and_never_the_same():
    """192 bits: 32 signs of a web address."""
    made = [tokens.make_token() for _ in range(1000)]
    assert (len(set(made)), {len(one) for one in made}) == (1000, {32})
    assert re.fullmatch(r"[A-Za-z0-9_-]+", "".join(made))


def test_codes_are_six_digits_and_use_them_all():
    """Leading zeros too."""
    made = [tokens.make_code() for _ in range(5000)]
    assert {len(one) for one in made} == {6}
    assert [set(column) for column in zip(*made, strict=True)] == [set(string.digits)] * 6


@given(st.text(max_size=20), st.text(max_size=20), st.text(max_size=20))
def test_a_hash_is_bound_to_its_purpose(purpose, other, token):
    """What was made for one thing opens nothing else, and the hash says nothing of the token."""
    made = tokens.hash_of(purpose, token)
    assert (made == tokens.hash_of(other, token)) is (purpose == other)
    assert re.fullmatch("[0-9a-f]{64}", made)


def test_references_and_serials_can_be_read_out():
    """No vowels and no look-alikes; a serial has 80 bits."""
    letters = set(tokens.LETTERS)
    assert letters & set("AEIOUY01") == set()
    assert re.fullmatch(f"PPMH-[{tokens.LETTERS}]{{4}}", tokens.make_reference("PPMH"))
    serials = [tokens.make_serial() for _ in range(1000)]
    assert (len(set(serials)), {len(one) for one in serials}) == (1000, {19})
    assert {letter for one in serials for letter in one} == letters | {"-"}
    assert len(letters) ** 17 > 2**80
