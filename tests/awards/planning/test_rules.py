"""Who may read what, and when reads are assigned."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awards.planning import rules
from awards.planning.rules import Board, EntryToRead, Held, PanelJudge
from awards.schemes.rules import Hours
from base.errors import Refusal
from base.states import may_become

OPEN = datetime(2026, 3, 2, 9, tzinfo=UTC)
CLOSE = datetime(2026, 5, 29, 16, tzinfo=UTC)
END = datetime(2026, 6, 26, 16, tzinfo=UTC)
SHORTLIST = datetime(2026, 7, 8, 9, tzinfo=UTC)
HOURS = Hours(OPEN, CLOSE, END, SHORTLIST)
MOMENT = timedelta(microseconds=1)

CLOSED = "Judging closed on Friday 26 June, 5pm. Give it a later hour first"


@pytest.mark.parametrize(
    ("hours", "now", "why_not"),
    [
        (HOURS, CLOSE - MOMENT, "Entries are open until Friday 29 May, 5pm. Hand out the reads after that"),
        (HOURS, CLOSE, None),
        (HOURS, END - MOMENT, None),
        (HOURS, END, CLOSED),
        (HOURS, SHORTLIST, CLOSED),
        (Hours(OPEN, CLOSE, None, SHORTLIST), END, None),
        (Hours(OPEN, CLOSE, None, END), END, CLOSED),
        (
            Hours(OPEN, CLOSE),
            CLOSE - MOMENT,
            "Entries are open until Friday 29 May, 5pm. Hand out the reads after that",
        ),
        (Hours(OPEN, CLOSE), SHORTLIST, None),
    ],
)
def test_why_not_assign_keeps_the_hours(hours: Hours, now: datetime, why_not: str | None) -> None:
    """From the hour when entries close until judging ends; without an hour for that it does not end."""
    assert rules.why_not_assign(hours, 1, 1, now) == (Refusal(why_not) if why_not else None)


@pytest.mark.parametrize(
    ("judges", "entries", "why_not"),
    [
        (1, 1, None),
        (0, 1, "This category has no judges yet. Add a judge first"),
        (0, 0, "This category has no judges yet. Add a judge first"),
        (1, 0, "Nothing was sent in for this category, so there is nothing to read"),
    ],
)
def test_why_not_assign_needs_judges_and_entries(judges: int, entries: int, why_not: str | None) -> None:
    """One of each is enough."""
    assert rules.why_not_assign(HOURS, judges, entries, CLOSE) == (Refusal(why_not) if why_not else None)


@pytest.mark.parametrize(
    ("reads", "why_not"),
    [
        (0, None),
        (1, "They have 1 entry to read. Give those to somebody else first"),
        (2, "They have 2 entries to read. Give those to somebody else first"),
    ],
)
def test_why_not_remove_judge(reads: int, why_not: str | None) -> None:
    """Only who has no reads leaves."""
    assert rules.why_not_remove_judge(reads) == (Refusal(why_not) if why_not else None)


def test_a_read_goes_on_or_is_given_up() -> None:
    """Every move there is; a judge who stepped back stays so."""
    assert {(before, to) for to in rules.MOVES for before in may_become(rules.MOVES, to)} == {
        ("assigned", "reading"),
        ("assigned", "recused"),
        ("reading", "done"),
        ("reading", "recused"),
        ("done", "recused"),
    }
    assert rules.STATE_WORDS.keys() == rules.MOVES.keys()


def judge(
    name: str = "Beth Lloyd", judge_id: int = 1, organisations: frozenset[int] = frozenset({5})
) -> PanelJudge:
    """A judge; the person's id is ten more than the judge's."""
    return PanelJudge(judge_id, judge_id + 10, name, True, organisations)


def entry(
    nominee: str = "",
    entry_id: int = 2,
    organisations: frozenset[int] = frozenset({7}),
    people: frozenset[int] = frozenset({99}),
) -> EntryToRead:
    """An entry of another organisation, written by somebody else."""
    return EntryToRead(entry_id, f"PPMH-{entry_id}", "Zokens", organisations, people, nominee)


@pytest.mark.parametrize(
    ("what", "recused", "why"),
    [
        (entry(), False, None),
        (entry(), True, "recused"),
        (entry(organisations=frozenset({7, 5})), False, "organisation"),
        (entry(people=frozenset({11, 99})), False, "writer"),
        (entry(people=frozenset({1})), False, None),
        (entry("beth  LLOYD"), False, "nominee"),
        (entry("Beth Lloyd-Jones"), False, None),
        (entry("Lloyd Beth"), False, None),
        (entry(" "), False, None),
        (entry("Beth Lloyd", organisations=frozenset({5}), people=frozenset({11})), True, "recused"),
        (entry("Beth Lloyd", organisations=frozenset({5}), people=frozenset({11})), False, "writer"),
        (entry("Beth Lloyd", organisations=frozenset({5})), False, "organisation"),
    ],
)
def test_barred(what: EntryToRead, recused: bool, why: str | None) -> None:
    """The first reason that holds."""
    assert rules.barred(judge(), what, recused) == why


@pytest.mark.parametrize("name", ["", " "])
@pytest.mark.parametrize("nominee", ["", " ", "Beth Lloyd"])
def test_a_judge_without_a_name_is_nobodys_nominee(name: str, nominee: str) -> None:
    """Two people without a name are not the same person."""
    assert rules.barred(judge(name), entry(nominee), recused=False) is None


def board(*held: Held) -> Board:
    """Three judges and three entries: judge 1 works for entry 2's organisation, judge 3 wrote entry 3."""
    return Board(
        [judge("Beth Lloyd", 1), judge("Carl Osei", 2, frozenset()), judge("Dilys Morgan", 3, frozenset())],
        [
            entry(entry_id=1),
            entry(entry_id=2, organisations=frozenset({5})),
            entry(entry_id=3, people=frozenset({13})),
        ],
        held,
        3,
        1,
    )


def test_barred_pairs_are_those_of_all_judges_and_entries() -> None:
    """Only a read that was given up bars its pair."""
    held = [
        Held(2, entry_id, state) for entry_id, state in enumerate(("assigned", "reading", "done"), start=1)
    ]
    assert rules.barred_pairs(board(*held, Held(3, 1, "recused"))) == {
        (1, 2): "organisation",
        (3, 1): "recused",
        (3, 3): "writer",
    }


NAMES = st.sampled_from(["", " ", "Beth Lloyd", "beth  lloyd", "Carl Osei"])
FEW = st.frozensets(st.integers(1, 4), max_size=2)


@given(
    st.lists(st.tuples(NAMES, FEW), max_size=5),
    st.lists(st.tuples(NAMES, FEW, FEW), max_size=5),
    st.sets(st.tuples(st.integers(1, 6), st.integers(1, 6))),
)
def test_barred_pairs_are_what_each_pair_says(judges: Any, entries: Any, given_up: Any) -> None:
    """However they are looked up."""
    panel = [PanelJudge(n, n, name, False, orgs) for n, (name, orgs) in enumerate(judges, start=1)]
    sent = [
        EntryToRead(n, f"R{n}", "Work", orgs, people, name)
        for n, (name, orgs, people) in enumerate(entries, start=1)
    ]
    found = rules.barred_pairs(
        Board(panel, sent, [Held(judge_id, entry_id, "recused") for judge_id, entry_id in given_up], 3, 1)
    )
    each = {
        (one.judge_id, other.entry_id): rules.barred(one, other, (one.judge_id, other.entry_id) in given_up)
        for one in panel
        for other in sent
    }
    assert found == {pair: why for pair, why in each.items() if why}


@pytest.mark.parametrize(
    ("judges", "entries"), [(0, 25), (1, 25), (12, 25), (13, 23), (100, 3), (300, 1), (1000, 1)]
)
def test_a_page_of_reads_is_never_long_and_never_empty(judges: int, entries: int) -> None:
    assert rules.entries_a_page(judges) == entries


def test_a_board_knows_the_reads_that_are_not_given_up() -> None:
    """Active are all states but one."""
    held = [Held(judge_id, 1, state) for judge_id, state in enumerate(rules.MOVES, start=1)]
    assert [one.state for one in board(*held).active] == ["assigned", "reading", "done"]
    assert [one.pair for one in board(*held).active] == [(1, 1), (2, 1), (3, 1)]


def test_why_not_read_names_the_first_pair_that_is_barred() -> None:
    """By judge, then by entry, whatever order they come in."""
    allowed = [(1, 1), (2, 2), (1, 3)]
    assert rules.why_not_read(board(), []) is None
    assert rules.why_not_read(board(), allowed) is None
    assert rules.why_not_read(board(), [*allowed, (3, 3)]) == Refusal(
        "Dilys Morgan may not read PPMH-3: Dilys Morgan helped to write it"
    )
    assert rules.why_not_read(board(), [(3, 3), (1, 2)]) == Refusal(
        "Beth Lloyd may not read PPMH-2: Beth Lloyd works for an organisation in it"
    )


def test_every_reason_can_be_said() -> None:
    """In a cell, of one judge and of several."""
    assert rules.BARRED.keys() == {"organisation", "writer", "nominee", "recused"}
    assert all(len(words) == 3 and all(words) for words in rules.BARRED.values())
