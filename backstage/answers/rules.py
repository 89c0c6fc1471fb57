"""How far answers are, when two writers meet, and which texts are kept."""

from __future__ import annotations

from datetime import datetime, timedelta

from backstage.question_types.rules import TYPES
from backstage.question_types.rules.question_type import Given, Status
from base.display import YEAR, word_count
from base.errors import Refusal

# Autosave changes an answer every few seconds; of one writer's texts one in ten minutes is kept.
KEEP_EVERY = timedelta(minutes=10)
# What the line below the form says where a text was to be saved while its writer goes on.
SAVE_TO_SEE = "Somebody else changed this answer while you were writing. Press save to see both texts"

# After what they were written for is over: the answers, and what they said before they were changed.
ANSWERS_KEPT = 6 * YEAR
EARLIER_KEPT = timedelta(days=30)


def status_of(given: Given) -> Status:
    """How far an answer is, as its question's type sees it."""
    return TYPES[given.type].status(given)


def why_not_complete(given: Given) -> Refusal | None:
    """What is still to do about one answer before the whole can be sent in; None when nothing is."""
    return TYPES[given.type].why_not_complete(given)


def why_not_overwrite(seen: int, current: int, written_by: int | None, who: int | None) -> Refusal | None:
    """Why version `current` of an answer cannot be replaced by one who saw version `seen`; None when it can.

    It cannot where somebody else has written since; one's own text of another window is replaced (and kept).
    """
    if seen == current or written_by == who:
        return None
    return Refusal("Somebody else changed this answer while you were writing. Both texts are below", "text")


def worth_keeping(
    before: str,
    *,
    unseen: bool,
    written_by: int | None,
    who: int | None,
    kept_at: datetime | None,
    written_at: datetime,
    now: datetime,
    after: str = "",
) -> bool:
    """Whether the text that is about to be replaced is kept as an earlier answer.

    Always when its writer is somebody else, when the new writer had not seen it (`unseen`), or when more than
    half of it goes; else one for every ten minutes of writing, and the one that stood when they came back.
    """
    if not before.strip() or before == after:
        return False
    if unseen or written_by != who or 2 * word_count(after) < word_count(before):
        return True
    return kept_at is None or written_at - kept_at >= KEEP_EVERY or now - written_at >= KEEP_EVERY
