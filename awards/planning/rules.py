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


# How much of who reads what a page shows: entries, and boxes to tick beside them.
MOST_ENTRIES, MOST_BOXES = 25, 300
LACKING = "lacking"
NARROW = {LACKING: "With reads lacking"}


def entries_a_page(judges: int) -> int:
    """How many entries a page shows with so many judges beside each."""
    return max(1, min(MOST_ENTRIES, MOST_BOXES // max(judges, 1)))


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


def _name_key(name: str) -> tuple[str, ...]:
    """What two spellings of a name share: the words without case and blanks. No name is like no other."""
    return tuple(name.casefold().split())


def barred(judge: PanelJudge, entry: EntryToRead, recused: bool) -> str | None:
    """Why this judge may never read this entry, as a key of BARRED; None where they may."""
    if recused:
        return "recused"
    if judge.person_id in entry.people:
        return "writer"
    if judge.organisations & entry.organisations:
        return "organisation"
    key = _name_key(judge.name)
    return "nominee" if key and key == _name_key(entry.nominee) else None


def barred_pairs(board: Board) -> dict[Pair, str]:
    """{(judge id, entry id): a key of BARRED} for every pair that may not be.

    Judges are looked up by what bars them, so that a panel of a hundred need not be asked about each of
    thousands of entries.
    """
    recused = {held.pair for held in board.held if held.state == "recused"}
    judges = {judge.judge_id: judge for judge in board.judges}
    suspects: dict[object, list[PanelJudge]] = {}
    for judge in board.judges:
        for key in (("person", judge.person_id), *(("organisation", one) for one in judge.organisations)):
            suspects.setdefault(key, []).append(judge)
        suspects.setdefault(_name_key(judge.name), []).append(judge)
    gave_up: dict[int, list[PanelJudge]] = {}
    for judge_id, entry_id in recused:
        if judge_id in judges:
            gave_up.setdefault(entry_id, []).append(judges[judge_id])
    found: dict[Pair, str] = {}
    for entry in board.entries:
        keys: list[object] = [("person", one) for one in entry.people]
        keys += [("organisation", one) for one in entry.organisations]
        keys.append(_name_key(entry.nominee))
        suspected = (judge for key in keys for judge in suspects.get(key, ()))
        for judge in (*gave_up.get(entry.entry_id, ()), *suspected):
            pair = (judge.judge_id, entry.entry_id)
            if why := barred(judge, entry, pair in recused):
                found[pair] = why
    return found


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
