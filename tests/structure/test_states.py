"""States bind: they change by `move` or behind `may_become`, and CHECKs are made from them."""

from __future__ import annotations

import ast

from sqlalchemy import CheckConstraint

from base.database import Base
from base.states import one_of
from tests.structure.reading import code_files, tree_of, where
from website.factory import import_tables
from website.generated import state_machines

HOW = "change a state by move(row, …), or in one statement behind .where(….in_(may_become(MOVES, …)))"


def assigned(path):
    """Lines that give an attribute called `state` a value by hand."""
    for node in ast.walk(tree_of(path)):
        if not isinstance(node, ast.Assign):
            continue
        flat = [part for target in node.targets for part in getattr(target, "elts", [target])]
        if any(isinstance(part, ast.Attribute) and part.attr == "state" for part in flat):
            yield node.lineno


def updated(path):
    """Lines of `update(…)….values(state=…)` whose WHERE does not ask `may_become`."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "values":
            before = ast.unparse(node.func.value)
            if (
                before.startswith("update(")
                and any(word.arg == "state" for word in node.keywords)
                and "may_become(" not in before
            ):
                yield node.lineno


def test_every_state_changes_by_its_moves():
    """A state that is assigned by hand could be any word at any time."""
    wrong = {where(path): [*assigned(path), *updated(path)] for path in code_files()}
    assert {name for name, lines in wrong.items() if lines} == set(), HOW


def test_every_state_has_moves_and_a_check_made_from_them():
    """What the database allows, what the code allows and docs/states.md are one thing."""
    import_tables()
    bound, unbound = {}, set()
    for table in Base.metadata.tables.values():
        for column in table.columns:
            if "moves" in column.info:
                checks = {
                    str(check.sqltext) for check in table.constraints if isinstance(check, CheckConstraint)
                }
                moves, absent = column.info["moves"], column.info["absent"]
                bound[f"{table.name}.{column.name}"] = (
                    one_of(column.name, [state for state in moves if state != absent]) in checks,
                    moves,
                )
            elif column.name == "state":
                unbound.add(table.name)
    assert unbound == set(), "say info=moved_by(rules.MOVES) at the column"
    assert {name for name, (checked, _) in bound.items() if not checked} == set(), "add a CHECK by one_of(…)"
    printed = [moves for _, moves in state_machines()]
    assert {name for name, (_, moves) in bound.items() if moves not in printed} == set()
