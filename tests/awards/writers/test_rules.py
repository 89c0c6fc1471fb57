"""How many stand behind an entry, and when a reminder is due."""

from __future__ import annotations

from datetime import timedelta

import pytest

from awards.writers import rules
from base.errors import Refusal
from tests.awards.season import CLOSES, DURING, HOURS, MOMENT, OPENS

WEEK = timedelta(days=7)
ALONE = Refusal("An entry needs somebody who writes it. Ask a colleague to join before you go")


@pytest.mark.parametrize(
    ("state", "writers", "now", "expected"),
    [
        ("draft", 1, DURING, None),
        ("draft", 11, DURING, None),
        (
            "draft",
            12,
            DURING,
            Refusal("12 people write this entry already. Remove one before you ask another"),
        ),
        ("draft", 1, CLOSES, Refusal("Entries have closed, so this entry can no longer be changed")),
        (
            "submitted",
            1,
            DURING,
            Refusal("This entry has been sent in. Take it back to a draft to change it"),
        ),
    ],
)
def test_why_not_invite(state, writers, now, expected):
    """A draft, while entries are open, and not a crowd."""
    assert rules.why_not_invite(state, writers, HOURS, now) == expected


@pytest.mark.parametrize(
    ("writers", "expected"),
    [(0, ALONE), (1, ALONE), (2, None), (3, None)],
)
def test_why_not_remove_writer(writers, expected):
    """Never the last one."""
    assert rules.why_not_remove_writer(writers) == expected


@pytest.mark.parametrize(
    ("already", "own", "partners", "expected"),
    [
        (False, False, 0, None),
        (False, False, 7, None),
        (False, False, 9, Refusal("An entry has at most 8 partners")),
        (False, False, 8, Refusal("An entry has at most 8 partners")),
        (True, False, 1, Refusal("This organisation is a partner already")),
        (False, True, 0, Refusal("This organisation enters already")),
    ],
)
def test_why_not_add_partner(already, own, partners, expected):
    """Others, once, and not too many."""
    assert rules.why_not_add_partner(already, own, partners) == expected


@pytest.mark.parametrize(
    ("state", "changed_at", "nudged_at", "expected"),
    [
        ("draft", DURING - WEEK, None, True),
        ("draft", DURING - WEEK + MOMENT, None, False),
        ("draft", DURING - 3 * WEEK, DURING - WEEK, True),
        ("draft", DURING - 3 * WEEK, DURING - WEEK + MOMENT, False),
        ("draft", DURING - MOMENT, DURING - 2 * WEEK, False),
        ("submitted", DURING - 3 * WEEK, None, False),
        ("withdrawn", DURING - 3 * WEEK, None, False),
    ],
)
def test_may_nudge(state, changed_at, nudged_at, expected):
    """A week after the last word or the last nudge, and only a draft."""
    assert rules.may_nudge(state, changed_at, nudged_at, DURING) is expected


def test_why_not_join():
    """Nobody is asked twice."""
    assert rules.why_not_join(writes=False) is None
    assert rules.why_not_join(writes=True) == Refusal("This person writes the entry already", "email")


@pytest.mark.parametrize(
    ("now", "may"),
    [(OPENS - MOMENT, False), (OPENS, True), (CLOSES - MOMENT, True), (CLOSES, False)],
)
def test_why_not_nudge(now, may):
    """While entries are open: from the opening hour up to, and not at, the closing hour."""
    closed = Refusal("Entries are not open, so there is nothing to remind anybody of")
    assert rules.why_not_nudge(HOURS, now) == (None if may else closed)
