"""How documents are parted among jobs, how often one is tried, and how far a batch is in words."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstage.documents import rules
from backstage.documents.rules import Progress


@pytest.mark.parametrize(
    ("total", "made", "failed", "state", "words"),
    [
        (3, 0, 0, "working", "0 of 3 certificates made"),
        (3, 2, 0, "working", "2 of 3 certificates made"),
        (3, 1, 1, "working", "1 of 3 certificates made, 1 could not be made"),
        (3, 3, 0, "done", "3 of 3 certificates made"),
        (3, 2, 1, "failed", "2 of 3 certificates made, 1 could not be made"),
        (1, 0, 1, "failed", "0 of 1 certificate made, 1 could not be made"),
        (1200, 1100, 0, "working", "1,100 of 1,200 certificates made"),
        (0, 0, 0, "done", "0 of 0 certificates made"),
    ],
)
def test_progress_in_words_and_for_the_bar(total, made, failed, state, words):
    """It is finished when nothing waits any more, and failed when one of them has."""
    progress = Progress(1, "certificate", total, made, failed, datetime(2026, 7, 1, tzinfo=UTC))
    assert (progress.state, progress.finished) == (state, state != "working")
    assert rules.counted(progress, "certificate") == words
    shown = {"done": made + failed, "total": total, "state": state, "words": words}
    assert rules.shown(progress, words) == shown


@pytest.mark.parametrize(
    ("many", "sizes"),
    [
        (0, []),
        (1, [1]),
        (8, [8]),
        (9, [5, 4]),
        (64, [32, 32]),
        (65, [17, 17, 17, 14]),
        (250, [32] * 7 + [26]),
    ],
)
def test_parts_go_round_among_the_workers(many, sizes):
    """Two workers end together, and none gets more than 32 at a time."""
    found = rules.parts(list(range(many)))
    assert [len(part) for part in found] == sizes
    assert [one for part in found for one in part] == list(range(many))


def test_parts_leave_what_was_tried_alone():
    """In their order, after what is fresh."""
    assert rules.parts([1, 2, 3, 4, 5], {4, 2}) == [[1, 3, 5], [2], [4]]
    assert rules.parts([7], {7}) == [[7]]


@given(st.lists(st.integers(1, 10_000), unique=True, max_size=120), st.data())
def test_parts_hold_every_id_once(ids, data):
    """Thirty-two together at most; what was tried before stands alone."""
    tried = data.draw(st.sets(st.sampled_from(ids))) if ids else set()
    parts = rules.parts(ids, tried)
    assert sorted(one for part in parts for one in part) == sorted(ids)
    assert [part for part in parts if not 1 <= len(part) <= 32] == []
    assert [part for part in parts if len(part) > 1 and tried & set(part)] == []


@pytest.mark.parametrize(
    ("attempts", "state"), [(1, "waiting"), (2, "waiting"), (3, "failed"), (4, "failed")]
)
def test_after_failure_tries_three_times(attempts, state):
    """Then somebody has to look."""
    assert rules.after_failure(attempts) == state
