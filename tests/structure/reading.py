"""Reading our own code: files, syntax trees, templates."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FLOORS = ("base", "outside", "backstage", "accounts", "awards", "events", "website", "jobs", "demo")
TEMPLATES = ROOT / "templates"


@cache
def code_files() -> tuple[Path, ...]:
    """Every Python file of the house, tests not included, in order."""
    found = [path for floor in FLOORS for path in (ROOT / floor).rglob("*.py")]
    return tuple(sorted([*found, ROOT / "wsgi.py", *(ROOT / "deploy").glob("*.py")]))


@cache
def tree_of(path: Path) -> ast.Module:
    """A file's syntax tree."""
    return ast.parse(path.read_text(), str(path))


def where(path: Path) -> str:
    """A file's name as people write it."""
    return str(path.relative_to(ROOT))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function of a file, those inside classes and functions too."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node


def called(node: ast.Call) -> str:
    """The last name of what is called: `may` for `access.may(…)`."""
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def calls(paths: Iterable[Path], names: Sequence[str]) -> Iterator[tuple[Path, ast.Call]]:
    """(file, call) of every call of something with one of these names."""
    for path in paths:
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Call) and called(node) in names:
                yield path, node


def strings_given_to(paths: Iterable[Path], names: Sequence[str], position: int) -> set[str]:
    """The literal strings given to calls of these names at one position."""
    found = set()
    for _, call in calls(paths, names):
        if len(call.args) > position:
            given = call.args[position]
            if isinstance(given, ast.Constant) and isinstance(given.value, str):
                found.add(given.value)
    return found


@cache
def imports_of(path: Path) -> set[str]:
    """Every module that a file imports, however; those for types only are not."""
    found = set()
    types_only = {
        id(node)
        for block in ast.walk(tree_of(path))
        if isinstance(block, ast.If) and ast.unparse(block.test) == "TYPE_CHECKING"
        for node in ast.walk(block)
    }
    for node in ast.walk(tree_of(path)):
        if id(node) in types_only:
            continue
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


@cache
def template_files() -> tuple[Path, ...]:
    """Every template, in order."""
    return tuple(sorted(path for path in TEMPLATES.rglob("*") if path.suffix in (".html", ".txt")))


def without_comments(text: str) -> str:
    """A template without what it says to those who read it."""
    return re.sub(r"\{#.*?#\}", "", text, flags=re.DOTALL)


def template_texts() -> list[str]:
    """What every template says."""
    return [path.read_text() for path in template_files()]
