"""Rules of who reads what: the states of a read, who may not read what, and when reads are assigned. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from awards.schemes.rules import Hours
from base.display import day_and_time, plural
from base.errors import Refusal

# (judge id, entry id)
Pair = tuple[int, int]

# A recused judge stays recused: the entry goes to somebody else.
MOVES: dict[str, set[str]] = {
    "assigned": {"reading", "recused"},
    "reading": {"done", "recused"},
    "done": {"recused"},
    "recused": set(),
}
STATE_WORDS = {"assigned": "Not begun", "reading": "Being read", "done": "Read", "recused": "Stepped back"}

# Why a judge may not read an entry: for a cell of a table, and after "1 judge" or "2 judges".
BARRED = {
    "organisation": ("Own organisation", "works for an organisation in it", "work for an organisation in it"),
    "writer": ("Wrote it", "helped to write it", "helped to write it"),
    "nominee": ("Is nominated", "is the person it is about", "are the people it is about"),
    "recused": ("Stepped back", "stepped back from it", "stepped back from it"),
}


@dataclass(frozen=True)
class PanelJudge:
    """A judge as planning sees them; `organisations` are all those they belong to."""

    judge_id: int
    person_id: int
    name: str
    lived_experience: bool
    organisations: frozenset[int]


@dataclass(frozen=True)
class EntryToRead:
    """An entry as planning sees it; `organisations` holds its partners, `people` those who wrote it."""

    entry_id: int
    reference: str
    title: str
    organisations: frozenset[int]
    people: frozenset[int]
    nominee: str = ""


@dataclass(frozen=True)
class Held:
    """A read that there is already."""

    judge_id: int
    entry_id: int
    state: str

    @property
    def pair(self) -> Pair:
        """Who reads what."""
        return self.judge_id, self.entry_id


@dataclass(frozen=True)
class Board:
    """Everything that assigning reads in one category looks at."""

    judges: Sequence[PanelJudge]
    entries: Sequence[EntryToRead]
    held: Sequence[Held]
    reads_per_entry: int
    lived_experience_reads: int

    @property
    def active(self) -> list[Held]:
        """The reads whose judges have not stepped back."""
        return [held for held in self.held if held.state != "recused"]


def why_not_assign(hours: Hours, judges: int, entries: int, now: datetime) -> Refusal | None:
    """Why no reads can be assigned now in a category with so many judges and entries."""
    if now < hours.closes_at:
        return Refusal(
            f"Entries are open until {day_and_time(hours.closes_at)}. Hand out the reads after that"
        )
    if hours.judging_ends is not None and now >= hours.judging_ends:
        return Refusal(f"Judging closed on {day_and_time(hours.judging_ends)}. Give it a later hour first")
    if not judges:
        return Refusal("This category has no judges yet. Add a judge first")
    if not entries:
        return Refusal("Nothing was sent in for this category, so there is nothing to read")
    return None


def why_not_remove_judge(reads: int) -> Refusal | None:
    """Why a judge cannot leave a panel: there are `reads` in their name, recused ones included."""
    if reads:
        entries = plural(reads, "entry", "entries")
        return Refusal(f"They have {entries} to read. Give those to somebody else first")
    return None


def _same_name(one: str, other: str) -> bool:
    """Whether two names are alike but for case and blanks; no name is like no other."""
    words = other.casefold().split()
    return bool(words) and words == one.casefold().split()


def barred(judge: PanelJudge, entry: EntryToRead, recused: bool) -> str | None:
    """Why this judge may never read this entry, as a key of BARRED; None where they may."""
    if recused:
        return "recused"
    if judge.person_id in entry.people:
        return "writer"
    if judge.organisations & entry.organisations:
        return "organisation"
    if _same_name(judge.name, entry.nominee):
        return "nominee"
    return None


def barred_pairs(board: Board) -> dict[Pair, str]:
    """{(judge id, entry id): a key of BARRED} for every pair that may not be."""
    recused = {held.pair for held in board.held if held.state == "recused"}
    reasons = {
        (judge.judge_id, entry.entry_id): barred(judge, entry, (judge.judge_id, entry.entry_id) in recused)
        for judge in board.judges
        for entry in board.entries
    }
    return {pair: why for pair, why in reasons.items() if why is not None}


def why_not_read(board: Board, wanted: Iterable[Pair]) -> Refusal | None:
    """Why these reads cannot be assigned: the first of the pairs, in order, that is barred.

    Every pair is of the board's judges and entries.
    """
    never = barred_pairs(board)
    for pair in sorted(never.keys() & set(wanted)):
        name = next(judge.name for judge in board.judges if judge.judge_id == pair[0])
        reference = next(entry.reference for entry in board.entries if entry.entry_id == pair[1])
        return Refusal(f"{name} may not read {reference}: {name} {BARRED[never[pair]][1]}")
    return None
