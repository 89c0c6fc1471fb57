"""The states of a document, and when a claim on it has died."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

MOVES = {"waiting": {"making"}, "making": {"made", "failed", "waiting"}, "made": set(), "failed": {"waiting"}}
MOST_ATTEMPTS = 3
CLAIM_LASTS = timedelta(minutes=5)
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


def after_failure(attempts: int) -> str:
    """`waiting` for another try, or `failed` when the tries are used up."""
    return "failed" if attempts >= MOST_ATTEMPTS else "waiting"
