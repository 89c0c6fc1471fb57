"""What a mark is, and the ranking that follows from the marks of a category. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from base.display import plural


@dataclass(frozen=True)
class Ruler:
    """What marks are measured with in a scheme: the weight of each criterion, by id, and the scale's ends."""

    weights: Mapping[int, int]
    lowest: int
    highest: int

    @cached_property
    def weight(self) -> int:
        """The sum of the weights."""
        return sum(self.weights.values())


def mark_of(total: int, scored: int, ruler: Ruler) -> Fraction | None:
    """One judge's mark for one entry, 0 to 100: `total` is the sum of weight * score over `scored` criteria.

    100 * sum(weight * (score - lowest)) / (highest - lowest) / sum(weight). None while a criterion has no
    score: an unfinished read is never averaged in. Exact, so that a tie is a tie.
    """
    weight = ruler.weight
    if not weight or ruler.highest <= ruler.lowest or scored < len(ruler.weights):
        return None
    return Fraction(100 * (total - ruler.lowest * weight), (ruler.highest - ruler.lowest) * weight)


def mean(marks: Sequence[Fraction]) -> Fraction | None:
    """The raw mean of marks, or None where there is none."""
    return sum(marks, Fraction()) / len(marks) if marks else None


def said(mark: Fraction | None) -> str:
    """A mark in figures, "78.3"; empty for none."""
    return f"{float(mark):.1f}" if mark is not None else ""


@dataclass(frozen=True)
class EntryMarks:
    """The marks of an entry: {read's id: its mark, or None while the read is not finished}."""

    entry_id: int
    by_read: Mapping[int, Fraction | None] = field(default_factory=dict)

    @cached_property
    def finished(self) -> tuple[Fraction, ...]:
        """The marks of the finished reads."""
        return tuple(mark for mark in self.by_read.values() if mark is not None)

    @property
    def counted(self) -> int:
        """How many reads are finished."""
        return len(self.finished)

    @property
    def unfinished(self) -> int:
        """How many reads are not finished."""
        return len(self.by_read) - len(self.finished)

    @cached_property
    def mean(self) -> Fraction | None:
        """The raw mean of the finished reads, or None while there is none."""
        return mean(self.finished)


@dataclass(frozen=True)
class Standing:
    """An entry as a ranking sees it: the mean of its finished reads, and how many are finished and not.

    What a category of thousands is ranked by; EntryMarks says the same and each read's mark, too.
    """

    entry_id: int
    mean: Fraction | None = None
    counted: int = 0
    unfinished: int = 0


def mean_of(total: int, reads: int, ruler: Ruler) -> Fraction:
    """The raw mean of the marks of so many finished reads, whose totals (see mark_of) add up to `total`."""
    weight, span = ruler.weight, ruler.highest - ruler.lowest
    return Fraction(100 * (total - reads * ruler.lowest * weight), reads * span * weight)


@dataclass(frozen=True)
class Ranked:
    """An entry with its rank, None where no read is finished; `tied` where others have the very same mean."""

    marks: EntryMarks | Standing
    rank: int | None
    tied: bool


def ranking(entries: Iterable[EntryMarks | Standing]) -> list[Ranked]:
    """Entries by raw mean, the best first; equal means share a rank and the next rank is left out.

    Entries without a finished read come last, without a rank. Equal ones stay in the order they came in.
    """
    # As decimal numbers, which compare thirty times as fast: means of so few and so small numbers that differ
    # do so there as well. What is the same is asked of the exact ones.
    ordered = sorted(entries, key=lambda entry: -1 if entry.mean is None else float(entry.mean), reverse=True)
    shared = Counter(entry.mean for entry in ordered)
    ranks: dict[Fraction | None, int] = {}
    for rank, entry in enumerate(ordered, start=1):
        ranks.setdefault(entry.mean, rank)
    return [
        Ranked(entry, None, tied=False)
        if entry.mean is None
        else Ranked(entry, ranks[entry.mean], tied=shared[entry.mean] > 1)
        for entry in ordered
    ]


def why_careful(ranked: Sequence[Ranked], most: int) -> list[str]:
    """What to know before deciding by a ranking: reads that are missing, a tie across the shortlist's line.

    `most` is how many entries a shortlist holds.
    """
    warnings = []
    unfinished = sum(entry.marks.unfinished for entry in ranked)
    if unfinished:
        verb = "is" if unfinished == 1 else "are"
        warnings.append(f"{plural(unfinished, 'read')} {verb} not finished and not counted here")
    unread = sum(entry.rank is None for entry in ranked)
    if unread:
        verb = "has" if unread == 1 else "have"
        warnings.append(f"{plural(unread, 'entry', 'entries')} {verb} no finished read at all")
    placed = [entry for entry in ranked if entry.rank is not None]
    if len(placed) > most and placed[most - 1].marks.mean == placed[most].marks.mean:
        tied = sum(entry.marks.mean == placed[most].marks.mean for entry in placed)
        warnings.append(f"{tied} entries share place {placed[most].rank}, so the first {most} are not clear")
    counts = {entry.marks.counted for entry in placed}
    if len(counts) > 1:
        warnings.append(f"Entries have {min(counts)} to {max(counts)} finished reads: compare with care")
    return warnings
