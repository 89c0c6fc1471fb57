"""The states of a document, and when a claim on it has died."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

MOVES: dict[str, set[str]] = {
    "waiting": {"making"},
    "making": {"made", "failed", "waiting"},
    "made": set(),
    "failed": set(),
}
MOST_ATTEMPTS = 3
CLAIM_LASTS = timedelta(minutes=5)
# A file whose row never came is deleted after this; far longer than any job takes.
STRAYS_KEPT = timedelta(days=1)
# Few enough that two workers share a batch and progress moves; many enough that the queue costs nothing.
PER_JOB = 16


@dataclass(frozen=True)
class DocumentPage:
    """What becomes one PDF: a template of templates/documents, its plain values, a stylesheet of
    static/documents.
    """

    template: str
    stylesheet: str
    values: dict[str, object] = field(default_factory=dict)


def parts(ids: Sequence[int], tried: Collection[int] = ()) -> list[Sequence[int]]:
    """The ids as jobs take them: many together, but each of `tried` alone.

    What killed its worker once may do so again, and must not take fifteen others with it.
    """
    fresh = [one for one in ids if one not in tried]
    together = [fresh[start : start + PER_JOB] for start in range(0, len(fresh), PER_JOB)]
    return [*together, *([one] for one in ids if one in tried)]


def after_failure(attempts: int) -> str:
    """`waiting` for another try, or `failed` when the tries are used up."""
    return "failed" if attempts >= MOST_ATTEMPTS else "waiting"
