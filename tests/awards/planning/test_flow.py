"""Assigning evenly: as good as trying everything, never a barred pair, and honest about what it cannot do."""

from __future__ import annotations

from collections import Counter
from itertools import combinations, product

from hypothesis import given, settings
from hypothesis import strategies as st

from awards.planning.flow import Plan, explain, plan_evenly
from awards.planning.rules import Board, EntryToRead, Held, PanelJudge, barred_pairs


def board(
    judges: list[tuple[bool, set[int]]],
    entries: list[set[int]],
    held: list[tuple[int, int, str]] | None = None,
    reads: int = 2,
    lived: int = 1,
) -> Board:
    """A board from (lived experience, organisations) of each judge and the organisations of each entry."""
    return Board(
        [
            PanelJudge(number, 1000 + number, f"Judge {number}", lives, frozenset(at))
            for number, (lives, at) in enumerate(judges, start=1)
        ],
        [
            EntryToRead(number, f"PPMH-{number:04}", f"Entry {number}", frozenset(at), frozenset())
            for number, at in enumerate(entries, start=1)
        ],
        [Held(*one) for one in held or []],
        reads,
        lived,
    )


ORGANISATIONS = st.sets(st.integers(1, 3), max_size=2)
BOARDS = st.builds(
    board,
    st.lists(st.tuples(st.booleans(), ORGANISATIONS), min_size=1, max_size=4),
    st.lists(ORGANISATIONS, min_size=1, max_size=4),
    st.lists(
        st.tuples(st.integers(1, 4), st.integers(1, 4), st.sampled_from(["assigned", "done", "recused"])),
        max_size=3,
        unique_by=lambda one: one[:2],
    ),
    st.integers(1, 3),
    st.integers(0, 2),
).filter(
    lambda one: (
        {held.judge_id for held in one.held} <= {judge.judge_id for judge in one.judges}
        and {held.entry_id for held in one.held} <= {entry.entry_id for entry in one.entries}
    )
)


def outcome_of(given_board: Board, pairs: set[tuple[int, int]]) -> tuple[int, int, int]:
    """What a plan is worth: missing reads, missing reads by lived experience, the sum of squared loads."""
    lived = {judge.judge_id for judge in given_board.judges if judge.lived_experience}
    active = {held.pair for held in given_board.active} | pairs
    short = short_lived = 0
    for entry in given_board.entries:
        judges = {judge for judge, there in active if there == entry.entry_id}
        short += max(given_board.reads_per_entry - len(judges), 0)
        short_lived += max(given_board.lived_experience_reads - len(judges & lived), 0)
    loads = Counter(judge for judge, _ in active).values()
    return short, short_lived, sum(load * load for load in loads)


def every_plan(given_board: Board) -> list[set[tuple[int, int]]]:
    """Every way to assign reads, without a read too many for any entry."""
    never = barred_pairs(given_board)
    active = {held.pair for held in given_board.active}
    choices = []
    for entry in given_board.entries:
        has = sum(there == entry.entry_id for _, there in active)
        allowed = [
            (judge.judge_id, entry.entry_id)
            for judge in given_board.judges
            if (judge.judge_id, entry.entry_id) not in active
            and (judge.judge_id, entry.entry_id) not in never
        ]
        most = max(given_board.reads_per_entry - has, 0)
        choices.append([set(some) for size in range(most + 1) for some in combinations(allowed, size)])
    return [set().union(*some) for some in product(*choices)]


@given(BOARDS)
@settings(max_examples=300)
def test_small_panels_equal_brute_force(given_board: Board) -> None:
    plan = plan_evenly(given_board)
    best = min(outcome_of(given_board, pairs) for pairs in every_plan(given_board))
    assert outcome_of(given_board, set(plan.pairs)) == best


@given(BOARDS)
@settings(max_examples=200)
def test_a_barred_pair_never_occurs_and_the_same_board_gives_the_same_plan(given_board: Board) -> None:
    plan = plan_evenly(given_board)
    assert not set(plan.pairs) & barred_pairs(given_board).keys()
    assert not set(plan.pairs) & {held.pair for held in given_board.held}
    again = Board(
        list(reversed(given_board.judges)),
        list(reversed(given_board.entries)),
        given_board.held,
        given_board.reads_per_entry,
        given_board.lived_experience_reads,
    )
    assert plan_evenly(again).pairs == plan.pairs


@given(BOARDS)
@settings(max_examples=100)
def test_shortfalls_are_exactly_what_is_missing(given_board: Board) -> None:
    plan = plan_evenly(given_board)
    short, short_lived, _ = outcome_of(given_board, set(plan.pairs))
    assert sum(one.missing for one in plan.shortfalls) == short
    assert sum(one.missing_lived for one in plan.shortfalls) == short_lived
    assert bool(explain(plan.shortfalls, given_board.judges)) == bool(short or short_lived)


def plan_of(given_board: Board) -> tuple[Plan, list[str]]:
    """A plan and what it says about what it could not do."""
    plan = plan_evenly(given_board)
    return plan, explain(plan.shortfalls, given_board.judges)


def test_a_season_of_357_entries_and_100_judges_is_even_and_whole() -> None:
    judges = [(number % 4 == 0, {number % 75}) for number in range(100)]
    entries = [{number % 75} for number in range(357)]
    plan, said = plan_of(board(judges, entries, reads=3))
    assert said == []
    assert len(plan.pairs) == 357 * 3
    # 25 judges with lived experience share 357 such reads: no plan gives all of them fewer than 15.
    assert max(plan.loads.values()) == 15


def test_loads_differ_by_one_where_nobody_is_barred() -> None:
    plan, said = plan_of(board([(True, set())] * 4, [set()] * 9))
    assert said == []
    assert sorted(plan.loads.values()) == [4, 4, 5, 5]


def test_a_panel_of_colleagues_is_short_and_says_why() -> None:
    _, said = plan_of(board([(True, {1}), (False, {1}), (False, {2})], [{1}, {3}], reads=3))
    assert said == [
        "1 entry is short of reads.",
        "PPMH-0001 is short of 2 reads: of the panel's 3 judges, 2 work for an organisation in it.",
        "No judge with lived experience for PPMH-0001: 1 judge of the panel has it.",
    ]


def test_too_few_judges_is_said_so() -> None:
    _, said = plan_of(board([(True, set())], [set()]))
    assert said == ["1 entry is short of reads.", "PPMH-0001 is short of 1 read: the panel has 1 judge."]


def test_after_stepping_back_somebody_else_reads() -> None:
    judges: list[tuple[bool, set[int]]] = [(True, set()), (True, set()), (True, set())]
    plan, said = plan_of(board(judges, [set()], held=[(1, 1, "recused"), (2, 1, "done")]))
    assert said == []
    assert plan.pairs == ((3, 1),)
