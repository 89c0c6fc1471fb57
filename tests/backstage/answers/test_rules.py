"""How far answers are, when two writers meet, which texts are kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstage.answers import rules
from backstage.question_types.rules import TYPES
from backstage.question_types.rules.question_type import Given, Status
from base.errors import Refusal

NOW = datetime(2026, 5, 5, 9, tzinfo=UTC)
MINUTE, MOMENT = timedelta(minutes=1), timedelta(microseconds=1)


@pytest.mark.parametrize("type_", sorted(TYPES))
def test_every_type_says_how_far_an_answer_is_and_what_is_missing(type_):
    """By its own rules; what is not required may be empty."""
    assert rules.status_of(Given("Q", type_)) == Status("empty", "Not started")
    assert rules.status_of(Given("Q", type_, text="One", file_name="a.pdf", finished=True)).state == "done"
    assert str(rules.why_not_complete(Given("Q", type_))).endswith(": Q")
    assert rules.why_not_complete(Given("Q", type_, required=False)) is None


@pytest.mark.parametrize(
    ("seen", "current", "written_by", "who", "expected"),
    [
        (3, 3, 1, 1, False),
        (3, 3, 2, 1, False),
        (2, 3, 2, 1, True),
        (2, 3, 1, 1, False),
        (2, 3, None, 1, True),
        (2, 3, None, None, False),
        (2, 3, 1, None, True),
        (9, 3, 2, 1, True),
    ],
)
def test_why_not_overwrite(seen, current, written_by, who, expected):
    """Somebody else has written since one looked; nobody (who has left) is somebody else, too."""
    other = Refusal("Somebody else changed this answer while you were writing. Both texts are below", "text")
    assert rules.why_not_overwrite(seen, current, written_by, who) == (other if expected else None)


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
