"""The states of a document, when a claim on it has died, and how far a batch is. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import ceil

from base.display import number, plural

MOVES: dict[str, set[str]] = {
    "waiting": {"making"},
    # By another worker, when the first has died.
    "making": {"making", "made", "failed", "waiting"},
    "made": set(),
    "failed": set(),
}
MOST_ATTEMPTS = 3
CLAIM_LASTS = timedelta(minutes=5)
# A file whose row never came is deleted after this; far longer than any job takes.
STRAYS_KEPT = timedelta(days=1)
# Few enough that progress moves; many enough that a job's own costs (a process, a connection) do not count.
PER_JOB = 32
# How many workers share a batch: the number of parts goes round, so that they end together. So few that one
# makes them while a second would begin are one part.
SHARED_BY, TOGETHER = 2, 8


@dataclass(frozen=True)
class DocumentPage:
    """What becomes one PDF: a template of templates/documents, its values, a sheet of static/documents."""

    template: str
    stylesheet: str
    values: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Progress:
    """How far the documents are that were asked for together."""

    batch_id: int
    kind: str
    total: int
    made: int
    failed: int
    asked_at: datetime

    @property
    def finished(self) -> bool:
        """Whether none of them waits or is being made."""
        return self.made + self.failed >= self.total

    @property
    def state(self) -> str:
        """What a progress bar's script takes: "working", "failed" where one has failed, or "done"."""
        if not self.finished:
            return "working"
        return "failed" if self.failed else "done"


def counted(progress: Progress, called: str) -> str:
    """How far a batch is, in words: "3 of 10 certificates made, 1 could not be made"."""
    words = f"{number(progress.made)} of {plural(progress.total, called)} made"
    return f"{words}, {number(progress.failed)} could not be made" if progress.failed else words


def shown(progress: Progress, words: str) -> dict[str, object]:
    """What templates/components/progress.html draws and static/js/poll.js asks for, as plain values."""
    return {
        "done": progress.made + progress.failed,
        "total": progress.total,
        "state": progress.state,
        "words": words,
    }


def parts(ids: Sequence[int], tried: Collection[int] = ()) -> list[Sequence[int]]:
    """The ids as jobs take them: many together in parts of one size, but each of `tried` alone.

    What killed its worker once may do so again, and must not take thirty others with it.
    """
    fresh = [one for one in ids if one not in tried]
    jobs = ceil(len(fresh) / (PER_JOB * SHARED_BY)) * SHARED_BY
    size = ceil(len(fresh) / jobs) if len(fresh) > TOGETHER else TOGETHER
    together = [fresh[start : start + size] for start in range(0, len(fresh), size)]
    return [*together, *([one] for one in ids if one in tried)]


def after_failure(attempts: int) -> str:
    """`waiting` for another try, or `failed` when the tries are used up."""
    return "failed" if attempts >= MOST_ATTEMPTS else "waiting"
