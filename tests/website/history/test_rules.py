"""What a field held, as people say it."""

from __future__ import annotations

import pytest

from website.history.rules import value_in_words, words_of


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "nothing"),
        ("", "nothing"),
        ([], "nothing"),
        (True, "yes"),
        (False, "no"),
        (0, "0"),
        (["Ada", "Bola"], "Ada and Bola"),
        ("highly_commended", "highly commended"),
        ("2026-05-29T16:00:00+00:00", "Friday 29 May, 5pm"),
        ("2026-05-29 16:00:00+00:00", "Friday 29 May, 5pm"),
        ("On 2026-05-29 we met_up", "On 2026-05-29 we met_up"),
        ("Wearing 2 Hats", "Wearing 2 Hats"),
    ],
)
def test_values_in_words(value, words):
    assert value_in_words(value) == words


def test_actions_in_words():
    assert words_of("entries.submit_entry") == "Submit entry"
