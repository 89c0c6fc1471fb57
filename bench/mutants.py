"""`python -m bench.mutants [TOPIC…]`: how many wrong rules the topics' own tests notice.

Each `rules.py` (or file of a folder `rules/`) is changed in one small way at a time (a comparison, an
operand, a constant, a branch, a move of MOVES …), and the tests of its topic are run, rules first, until one
fails. A mutant that no test notices is printed with its line: it is either a test that is missing or code
that is not needed. Texts are left alone, and so is what cannot matter (annotations, decorators, docstrings).

    make mutants ONLY="awards.entries events.door"

Every mutant runs in a forked process that imports the mutated source in place of the real one; nothing on
disk is changed. Some mutants change nothing that can be observed, so the aim is 90 of 100, not all.
"""

from __future__ import annotations

import ast
import copy
import importlib.abc
import importlib.machinery
import importlib.util
import os
import signal
import sys
import time
import types
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FLOORS = ("backstage", "accounts", "awards", "events", "website")
PRELOADED = (
    "flask_compress",
    "flask_limiter",
    "flask_sqlalchemy",
    "flask_wtf",
    "html5lib",
    "icalendar",
    "lxml.html",
    "psycopg",
    "pytest",
    "redis",
    "rq",
    "sqlalchemy.orm",
    "weasyprint",
    "wtforms",
)
# A mutant that loops for ever is a mutant that was noticed.
LONGEST_SECONDS = 180
AIM = 0.9

COMPARED = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
COMPUTED = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}


@dataclass(frozen=True)
class Mutant:
    """One changed module: its dotted name, the line, what was changed, and the whole source."""

    module: str
    line: int
    what: str
    source: str


Change = tuple[str, ast.AST]


def _compare(node: ast.Compare) -> Iterator[Change]:
    for place, operator in enumerate(node.ops):
        changed = copy.deepcopy(node)
        changed.ops[place] = COMPARED[type(operator)]()
        yield "comparison", changed


def _join(node: ast.BoolOp) -> Iterator[Change]:
    yield "and/or", ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
    for rest in _one_fewer(node.values):
        yield "operand dropped", rest[0] if len(rest) == 1 else ast.BoolOp(node.op, rest)


def _one_fewer(parts: list[ast.expr]) -> Iterator[list[ast.expr]]:
    return ([part for at, part in enumerate(parts) if at != place] for place in range(len(parts)))


def _compute(node: ast.BinOp) -> Iterator[Change]:
    if type(node.op) in COMPUTED and not _has_text(node):
        yield "arithmetic", ast.BinOp(node.left, COMPUTED[type(node.op)](), node.right)


def _negate(node: ast.UnaryOp) -> Iterator[Change]:
    if isinstance(node.op, ast.Not):
        yield "not dropped", node.operand


def _count(node: ast.Constant) -> Iterator[Change]:
    if isinstance(node.value, bool):
        yield "constant", ast.Constant(not node.value)
    elif isinstance(node.value, int):
        yield "constant", ast.Constant(node.value + 1)


def _give(node: ast.Return) -> Iterator[Change]:
    nothing = node.value is None or (isinstance(node.value, ast.Constant) and node.value.value is None)
    if not nothing:
        yield "returns None", ast.Return(ast.Constant(None))


def _branch(node: ast.If | ast.IfExp) -> Iterator[Change]:
    for always in (True, False):
        changed = copy.deepcopy(node)
        changed.test = ast.Constant(always)
        yield f"if {always}", changed


def _filter(node: ast.comprehension) -> Iterator[Change]:
    if node.ifs:
        yield "filter dropped", ast.comprehension(node.target, node.iter, [], node.is_async)


def _member(node: ast.Set) -> Iterator[Change]:
    for rest in _one_fewer(node.elts):
        yield "member dropped", ast.Set(rest) if rest else ast.Call(ast.Name("set", ast.Load()), [], [])


CHANGES: dict[type[ast.AST], Callable[[Any], Iterator[Change]]] = {
    ast.Compare: _compare,
    ast.BoolOp: _join,
    ast.BinOp: _compute,
    ast.UnaryOp: _negate,
    ast.Constant: _count,
    ast.Return: _give,
    ast.If: _branch,
    ast.IfExp: _branch,
    ast.comprehension: _filter,
    ast.Set: _member,
}


def changes(node: ast.AST) -> list[Change]:
    """(what it is, the changed node) for each way in which this one node is changed."""
    return list(CHANGES[type(node)](node)) if type(node) in CHANGES else []


def _has_text(node: ast.AST) -> bool:
    return any(
        isinstance(part, ast.JoinedStr) or (isinstance(part, ast.Constant) and isinstance(part.value, str))
        for part in ast.walk(node)
    )


def worth_changing(node: ast.AST) -> Iterator[ast.AST]:
    """The node and what is in it, without annotations, decorators and the values inside texts."""
    yield node
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list", "format_spec"):
            continue
        for part in value if isinstance(value, list) else [value]:
            if isinstance(part, ast.AST):
                yield from worth_changing(part)


class _Replace(ast.NodeTransformer):
    """Puts one node in the place of another."""

    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self.old, self.new = old, new

    def visit(self, node: ast.AST) -> ast.AST:
        """The new node where the old one stood."""
        return self.new if node is self.old else self.generic_visit(node)


def mutants_of(module: str, source: str) -> list[Mutant]:
    """Every mutant of a module's source, in the order of its lines."""
    tree = ast.parse(source)
    found = []
    for place, node in enumerate(list(worth_changing(tree))):
        for number, (what, _) in enumerate(changes(node)):
            again = ast.parse(source)
            same = list(worth_changing(again))[place]
            new = changes(same)[number][1]
            changed = ast.unparse(ast.fix_missing_locations(_Replace(same, new).visit(again)))
            line = getattr(node, "lineno", 0) or getattr(getattr(node, "target", None), "lineno", 0)
            found.append(Mutant(module, line, what, changed))
    return sorted(found, key=lambda mutant: mutant.line)


class _Mutated(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports one module from changed source."""

    def __init__(self, mutant: Mutant) -> None:
        self.mutant = mutant

    def find_spec(
        self,
        name: str,
        path: object,  # noqa: ARG002 - Python calls it so
        target: object = None,  # noqa: ARG002
    ) -> importlib.machinery.ModuleSpec | None:
        """Ours for the mutated module, nobody's for any other."""
        return importlib.util.spec_from_loader(name, self) if name == self.mutant.module else None

    def exec_module(self, module: types.ModuleType) -> None:
        """Run the changed source."""
        exec(compile(self.mutant.source, self.mutant.module, "exec"), module.__dict__)


def own_tests(module: str) -> list[str]:
    """The test files of a module's topic: those of its rules, then of its actions, then the others."""
    topic, _, stem = module.partition(".rules")
    folder = ROOT / "tests" / Path(*topic.split("."))
    order = (f"test_{stem.strip('.')}.py", "test_rules.py", "test_actions.py", "test_queries.py")
    rank = {name: place for place, name in enumerate(order)}
    return [
        str(path)
        for path in sorted(folder.glob("test_*.py"), key=lambda one: (rank.get(one.name, 9), one.name))
    ]


def is_noticed(mutant: Mutant, worker: int) -> bool:
    """Whether the topic's tests fail with this mutant; asked in a process of its own."""
    child = os.fork()
    if child == 0:
        _run(mutant, worker)
    _, status = os.waitpid(child, 0)
    return status != 0


def _run(mutant: Mutant, worker: int) -> None:
    """In the child: run the tests on the mutant and end with pytest's verdict."""
    import pytest

    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(LONGEST_SECONDS)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    os.environ["PYTEST_XDIST_WORKER"] = f"gw{worker}"
    sys.meta_path.insert(0, _Mutated(mutant))
    verdict: int = 1
    try:
        verdict = int(
            pytest.main(["-x", "-q", "-p", "no:randomly", "-p", "no:xdist", *own_tests(mutant.module)])
        )
    finally:
        os._exit(1 if verdict else 0)


def examine(module: str, workers: int) -> tuple[int, list[Mutant]]:
    """How many mutants a module has, and those that its topic's tests do not notice.

    Raises RuntimeError where the tests fail on the unchanged module: nothing could be said then.
    """
    source = (ROOT / f"{module.replace('.', '/')}.py").read_text()
    if is_noticed(Mutant(module, 0, "nothing", ast.unparse(ast.parse(source))), 0):
        raise RuntimeError(f"{module}: its tests fail as they are")
    mutants = mutants_of(module, source)
    with ThreadPoolExecutor(workers) as pool:
        shares = [mutants[number::workers] for number in range(workers)]
        alive = [one for share in pool.map(_unnoticed, shares, range(workers)) for one in share]
    return len(mutants), sorted(alive, key=lambda mutant: mutant.line)


def _unnoticed(mutants: list[Mutant], worker: int) -> list[Mutant]:
    return [mutant for mutant in mutants if not is_noticed(mutant, worker)]


def rules_modules(topics: Sequence[str]) -> list[str]:
    """The rules of these topics ("awards.entries"), or all of them."""
    files = [
        path
        for floor in FLOORS
        for path in sorted((*(ROOT / floor).rglob("rules.py"), *(ROOT / floor).rglob("rules/[a-z]*.py")))
    ]
    every = [".".join(path.relative_to(ROOT).with_suffix("").parts) for path in files]
    found = {topic: [one for one in every if f"{one}.".startswith(f"{topic}.rules.")] for topic in topics}
    if unknown := [topic for topic in topics if not found[topic]]:
        raise SystemExit(f"No rules in {', '.join(unknown)}. There are: {', '.join(every)}")
    return [module for modules in found.values() for module in modules] or every


def main(topics: Sequence[str]) -> int:
    """Examine the rules of these topics; 0 where all of them reach the aim."""
    for name in PRELOADED:
        importlib.import_module(name)
    from outside import embedded
    from tests import servers

    poor = []
    with embedded.throw_away() as addresses:
        os.environ[servers.DATABASE], os.environ[servers.QUEUE] = addresses.database_url, addresses.redis_url
        for module in rules_modules(topics):
            begun = time.monotonic()
            count, alive = examine(module, workers=os.cpu_count() or 1)
            share = 1 - len(alive) / count if count else 1.0
            seconds = time.monotonic() - begun
            print(
                f"{module}: {count - len(alive)} of {count} noticed, {share:.0%} ({seconds:.0f} s)",
                flush=True,
            )
            for one in alive:
                print(f"    line {one.line}: {one.what}", flush=True)
            poor += [module] if share < AIM else []
    print(f"Below {AIM:.0%}: {', '.join(poor)}." if poor else f"All at {AIM:.0%} or above.")
    return 1 if poor else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
