"""States that bind."""

from __future__ import annotations

import pytest
from sqlalchemy import CheckConstraint, MetaData, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from base.states import ImpossibleMove, may_become, move, moved_by, one_of

MOVES = {"red": {"green"}, "green": {"amber"}, "amber": {"red", "off"}, "off": set()}


class Base(DeclarativeBase):
    """Tables of this test only."""

    metadata = MetaData()


class Light(Base):
    """A traffic light."""

    __tablename__ = "light"

    id: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[str] = mapped_column(Text, info=moved_by(MOVES))
    other: Mapped[str] = mapped_column(Text, info=moved_by({"dark": {"lit"}, "lit": {"dark"}}))

    __table_args__ = (CheckConstraint(one_of("state", MOVES), name="state"),)


@pytest.mark.parametrize("before", MOVES)
@pytest.mark.parametrize("to", MOVES)
def test_only_the_moves_are_made(before, to):
    """Every pair: a move that is written down is made and gives the state before, any other raises."""
    light = Light(state=before)
    if to in MOVES[before]:
        assert (move(light, to), light.state) == (before, to)
    else:
        with pytest.raises(ImpossibleMove, match=f"Light: {before} may not become {to}"):
            move(light, to)
        assert light.state == before


def test_a_second_column_has_moves_of_its_own():
    """By its name."""
    light = Light(state="red", other="dark")
    assert (move(light, "lit", "other"), light.other, light.state) == ("dark", "lit", "red")


def test_a_statement_asks_which_states_may_become_another():
    """In the order in which they are written; a state that does not exist is a mistake in the code."""
    assert (may_become(MOVES, "off"), may_become(MOVES, "red")) == (("amber",), ("amber",))
    assert may_become({"a": {"c"}, "b": {"c"}, "c": set()}, "c") == ("a", "b")
    with pytest.raises(KeyError):
        may_become(MOVES, "blue")


def test_nothing_moves_to_a_state_that_does_not_exist():
    """A misspelt state never reaches the database."""
    with pytest.raises(KeyError):
        move(Light(state="red"), "gren")


def test_the_check_allows_these_states_and_no_others():
    """As SQL."""
    assert one_of("state", MOVES) == "state in ('red', 'green', 'amber', 'off')"
