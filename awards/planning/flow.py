"""Assigning reads evenly: the plan that gives every entry its reads and no judge much more than others. Pure.

How many reads an entry can get is plain arithmetic: as many as it lacks, as far as there are judges who may.
What is left to decide is who, so that nobody reads much more than others. That is a flow from entries to
judges: start with the least loaded, then carry reads along chains of swaps from judges with many to judges
with two or more fewer, until there is no such chain. Then no other plan has a smaller sum of squared loads
(nor a smaller heaviest load), and the same panel always gives the same plan.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from heapq import nsmallest

from awards.planning.rules import BARRED, Board, EntryToRead, Pair, PanelJudge, barred_pairs
from base.display import plural, sentence_list


@dataclass(frozen=True)
class Shortfall:
    """What an entry does not get, and how many judges may not read it for which reason (keys of BARRED)."""

    entry_id: int
    reference: str
    missing: int
    missing_lived: int
    barred: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Plan:
    """Which new reads to assign, in order, what could not be had, and {judge id: reads in all}."""

    pairs: tuple[Pair, ...]
    shortfalls: tuple[Shortfall, ...]
    loads: dict[int, int]

    def new_reads(self, judge_id: int) -> int:
        """How many reads the plan gives a judge."""
        return sum(judge == judge_id for judge, _ in self.pairs)


@dataclass
class _Task:
    """One entry while the plan is made: the judges that it has, may have and has got, and what it needs."""

    entry: EntryToRead
    has: set[int]
    allowed: list[int]
    need: int
    need_lived: int
    got: set[int] = field(default_factory=set)


Chains = dict[int, tuple[int, _Task]]


def _mix(entry_id: int, judge_id: int) -> bytes:
    """An order of judges of its own for each entry, so that not the same three always meet."""
    return sha256(f"{entry_id}:{judge_id}".encode()).digest()


def _judges_by_entry(board: Board) -> dict[int, set[int]]:
    """{entry id: the judges that read it already}; those who stepped back are left out."""
    found: dict[int, set[int]] = {}
    for held in board.active:
        found.setdefault(held.entry_id, set()).add(held.judge_id)
    return found


def _tasks(board: Board, never: Mapping[Pair, str], lived: set[int]) -> list[_Task]:
    """What every entry still needs; nothing for those that have it all."""
    there = _judges_by_entry(board)
    everybody = {judge.judge_id for judge in board.judges}
    kept_out: dict[int, set[int]] = {}
    for judge_id, entry_id in never:
        kept_out.setdefault(entry_id, set()).add(judge_id)
    tasks = []
    for entry in sorted(board.entries, key=lambda entry: entry.entry_id):
        has = there.get(entry.entry_id, set())
        allowed = sorted(everybody - has - kept_out.get(entry.entry_id, set()))
        need = min(max(board.reads_per_entry - len(has), 0), len(allowed))
        lacks_lived = max(board.lived_experience_reads - len(has & lived), 0)
        tasks.append(_Task(entry, has, allowed, need, min(lacks_lived, need, len(lived & set(allowed)))))
    return tasks


def _begin(tasks: list[_Task], loads: dict[int, int], lived: set[int]) -> None:
    """A first plan: the entries with the least choice first, each from its least loaded judges."""
    for task in sorted(tasks, key=lambda task: (len(task.allowed) - task.need, task.entry.entry_id)):
        for count, among in ((task.need_lived, lived), (task.need, loads.keys())):
            lacks = count - len(task.got)
            if lacks <= 0:
                continue
            free = [judge for judge in task.allowed if judge in among and judge not in task.got]
            # Only those who could be chosen are put in this entry's own order: it costs a hash each.
            heaviest = max(nsmallest(lacks, (loads[judge] for judge in free)), default=0)
            close = [judge for judge in free if loads[judge] <= heaviest]
            close.sort(key=lambda judge: (loads[judge], _mix(task.entry.entry_id, judge)))
            for judge in close[:lacks]:
                task.got.add(judge)
                loads[judge] += 1


def _takers(task: _Task, giver: int, lived: set[int]) -> Iterator[int]:
    """Who could read an entry instead of one that has got it, so that it keeps its lived-experience reads."""
    anybody = giver not in lived or len(task.got & lived) > task.need_lived
    return (judge for judge in task.allowed if judge not in task.got and (anybody or judge in lived))


def _chains(giver: int, tasks: list[_Task], loads: dict[int, int], lived: set[int]) -> Chains:
    """The shortest chains of swaps from a judge: to all within reach, or up to one of the least loaded.

    Gives {judge: (the judge before them, the entry that would pass)}, in the order in which they are reached.
    """
    fewest = min(loads.values())
    chains: Chains = {}
    waiting = deque([giver])
    while waiting:
        here = waiting.popleft()
        for task in tasks:
            if here not in task.got:
                continue
            for there in _takers(task, here, lived):
                if there == giver or there in chains:
                    continue
                chains[there] = (here, task)
                if loads[there] == fewest:
                    return chains
                waiting.append(there)
    return chains


def _lighten(giver: int, tasks: list[_Task], loads: dict[int, int], lived: set[int]) -> bool:
    """Carry one read from a judge along the shortest chain of swaps to the least loaded within reach.

    Gives whether there was a chain to a judge with at least two reads fewer.
    """
    if loads[giver] < min(loads.values()) + 2:
        return False
    chains = _chains(giver, tasks, loads, lived)
    lightest = min(chains, key=lambda judge: loads[judge], default=giver)
    if loads[lightest] > loads[giver] - 2:
        return False
    there = lightest
    while there != giver:
        here, task = chains[there]
        task.got.remove(here)
        task.got.add(there)
        there = here
    loads[giver] -= 1
    loads[lightest] += 1
    return True


def _shortfalls(
    board: Board, tasks: list[_Task], never: Mapping[Pair, str], lived: set[int]
) -> tuple[Shortfall, ...]:
    """What the entries do not get, in the order of the tasks."""
    found = []
    for task in tasks:
        judges = task.has | task.got
        missing = max(board.reads_per_entry - len(judges), 0)
        missing_lived = max(board.lived_experience_reads - len(judges & lived), 0)
        if not missing and not missing_lived:
            continue
        why = [never.get((judge.judge_id, task.entry.entry_id)) for judge in board.judges]
        counts = tuple((key, why.count(key)) for key in BARRED if key in why)
        found.append(Shortfall(task.entry.entry_id, task.entry.reference, missing, missing_lived, counts))
    return tuple(found)


def plan_evenly(board: Board) -> Plan:
    """The plan that gives every entry the reads it lacks with loads as even as they can be.

    Reads that exist stay. A barred pair never comes out. Where an entry cannot have all its reads, or no
    judge with lived experience, the plan says so among its shortfalls.
    """
    never = barred_pairs(board)
    lived = {judge.judge_id for judge in board.judges if judge.lived_experience}
    loads = {judge.judge_id: 0 for judge in sorted(board.judges, key=lambda judge: judge.judge_id)}
    for held in board.active:
        loads[held.judge_id] = loads.get(held.judge_id, 0) + 1
    tasks = _tasks(board, never, lived)
    _begin(tasks, loads, lived)
    while any(
        _lighten(judge, tasks, loads, lived)
        for judge in sorted(loads, key=lambda judge: (-loads[judge], judge))
    ):
        pass
    pairs = sorted((judge, task.entry.entry_id) for task in tasks for judge in task.got)
    return Plan(tuple(pairs), _shortfalls(board, tasks, never, lived), loads)


def _because(shortfall: Shortfall, judges: int) -> str:
    """ "2 of its 5 judges work for an organisation in it", or that there are too few judges."""
    reasons = [f"{count} {BARRED[key][1 if count == 1 else 2]}" for key, count in shortfall.barred]
    if not reasons:
        return f"the panel has {plural(judges, 'judge')}"
    return f"of the panel's {plural(judges, 'judge')}, {sentence_list(reasons)}"


def explain(shortfalls: Sequence[Shortfall], judges: Sequence[PanelJudge]) -> list[str]:
    """Shortfalls in sentences: how many entries are short, each with why; then who lacks lived experience."""
    sentences = []
    short = [one for one in shortfalls if one.missing]
    if short:
        verb = "is" if len(short) == 1 else "are"
        sentences.append(f"{plural(len(short), 'entry', 'entries')} {verb} short of reads.")
        sentences += [
            f"{one.reference} is short of {plural(one.missing, 'read')}: {_because(one, len(judges))}."
            for one in short
        ]
    unread = [one.reference for one in shortfalls if one.missing_lived]
    if unread:
        lived = sum(judge.lived_experience for judge in judges)
        have = f"{plural(lived, 'judge')} of the panel {'has' if lived == 1 else 'have'} it"
        sentences.append(f"No judge with lived experience for {sentence_list(unread)}: {have}.")
    return sentences
