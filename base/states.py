"""States that bind: which there are, and which may follow which.

A topic's `rules.py` holds its moves as data, `MOVES = {state: the states that may follow it}`. The table says
which column they bind, and its CHECK is made from them:

    state: Mapped[str] = mapped_column(Text, default="draft", info=moved_by(rules.MOVES))
    __table_args__ = (CheckConstraint(one_of("state", rules.MOVES), name="state"),)

From then on a state changes in one of two ways only (tests/structure/test_states.py looks for any other):

    move(entry, "submitted")                                                     # a row that is at hand
    update(Read).where(Read.state.in_(may_become(MOVES, "recused"))).values(…)   # in one statement

docs/states.md is printed from the same data.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

Moves = Mapping[str, Collection[str]]


class ImpossibleMove(RuntimeError):
    """A state was to follow another that it may not follow: a rule was not asked before."""


def moved_by(moves: Moves, absent: str = "") -> dict[str, Any]:
    """The `info` of a column whose values are these states; `absent` is the one in which there is no row."""
    return {"moves": moves, "absent": absent}


def one_of(column: str, moves: Collection[str]) -> str:
    """The SQL of a CHECK that allows a column these states and no others, in their order."""
    return f"{column} in ({', '.join(repr(state) for state in moves)})"


def may_become(moves: Moves, to: str) -> tuple[str, ...]:
    """The states that `to` may follow, for the WHERE of a statement; KeyError for an unknown state."""
    if to not in moves:
        raise KeyError(to)
    return tuple(state for state, after in moves.items() if to in after)


def move(row: Any, to: str, column: str = "state") -> str:
    """Give a row its next state and return the one before; ImpossibleMove where `to` may not follow it."""
    before: str = getattr(row, column)
    moves: Moves = type(row).__table__.c[column].info["moves"]
    if before not in may_become(moves, to):
        raise ImpossibleMove(f"{type(row).__name__}: {before} may not become {to}")
    setattr(row, column, to)
    return before
