"""Names of organisations."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.organisations import rules
from base.errors import Refusal

WORD = st.text(alphabet="abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=10)
NAMES = st.lists(WORD.filter(lambda word: word not in {"the", "and", "of", "for"}), min_size=1, max_size=6)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mersey Care NHS Foundation Trust", "mersey  care nhs foundation trust "),
        ("The Mersey Care Trust", "Mersey Care Trust"),
        ("Avon & Wiltshire Partnership", "Avon and Wiltshire Partnership"),
        ("St Andrew's Healthcare", "St Andrews Healthcare"),
        ("St Andrew’s Healthcare", "St. Andrew's Healthcare"),
        ("Café Connect", "Cafe Connect"),
        ("Voices of Lived-Experience", "Voices Lived Experience"),
    ],
)
def test_name_key_is_one_for_two_spellings(one, other):
    """What people mean as the same name is found as the same name."""
    assert rules.name_key(one) == rules.name_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("North Trust", "South Trust"),
        ("Mind Leeds", "Mind"),
        ("Team 1", "Team 2"),
        ("心", "音"),
        ("The", "And"),
    ],
)
def test_name_key_tells_names_apart(one, other):
    """Two organisations keep two keys, also where nothing of a name is a Latin letter."""
    assert rules.name_key(one) != rules.name_key(other)


@given(NAMES, st.sampled_from([" ", "  ", " - ", ", ", " & ", "/", " the ", " of "]), st.booleans())
def test_name_key_does_not_care_for_case_signs_and_small_words(words, between, shout):
    """However the words are put together, the key is the words."""
    name = between.join(words)
    assert rules.name_key(name.upper() if shout else name) == " ".join(words)


@given(st.text(min_size=1, max_size=60))
def test_name_key_of_a_key_is_the_key(name):
    """A key never moves, and is empty for blanks only."""
    key = rules.name_key(name)
    assert rules.name_key(key) == key
    assert bool(key) == bool(name.strip())


# (address, the organisation's own domains) and whether the address proves that its owner works there.
PROOFS = {
    ("a@merseycare.nhs.uk", ("merseycare.nhs.uk",)): True,
    ("a@MerseyCare.NHS.uk", ("merseycare.nhs.uk",)): True,
    ("a@other.nhs.uk", ("merseycare.nhs.uk",)): False,
    ("a@x.merseycare.nhs.uk", ("merseycare.nhs.uk",)): False,
    ("a@merseycare.nhs.uk@gmail.com", ("merseycare.nhs.uk",)): False,
    ("a@nhs.net", ("nhs.net",)): False,
    ("a@gmail.com", ("gmail.com",)): False,
    ("a@merseycare.nhs.uk", ()): False,
}


def test_proves_membership_says_what_the_table_says():
    """Only the whole domain, and never one that anybody can have."""
    assert {case: rules.proves_membership(*case) for case in PROOFS} == PROOFS


@pytest.mark.parametrize(
    ("name", "taken_by", "said"),
    [
        ("Mind", None, None),
        ("", None, "Enter the name of your organisation"),
        (" \t", None, "Enter the name of your organisation"),
        ("MIND", "Mind", "Mind is here already. Go back and join it instead"),
    ],
)
def test_why_not_start(name, taken_by, said):
    """A name, and one that nobody has."""
    assert rules.why_not_start(name, taken_by) == (said and Refusal(said, "name"))
