"""No two files need each other, by whatever way they import: at the top, inside a function, or by a name that
`importlib` is given as text.
"""

from __future__ import annotations

import ast
from graphlib import CycleError, TopologicalSorter

from tests.structure.reading import ROOT, code_files, imports_of, tree_of


def module_of(path) -> str:
    """A file's name as Python imports it; a package's __init__.py is the package."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def names_given_as_text(tree: ast.Module, known: set[str]) -> set[str]:
    """The modules of ours that a file which uses importlib names in its texts, topics ("awards.entries") as
    the pages that belong to them.
    """
    if not any(isinstance(node, ast.Name) and node.id == "importlib" for node in ast.walk(tree)):
        return set()
    texts = {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and "." in node.value
    }
    return (texts | {f"{text}.views" for text in texts}) & known


def graph(files) -> dict[str, set[str]]:
    """{module: the modules of ours that it imports}."""
    known = {module_of(path) for path in files}
    return {
        module_of(path): ((imports_of(path) & known) | names_given_as_text(tree_of(path), known))
        - {module_of(path)}
        for path in files
    }


def circle_in(needs: dict[str, set[str]]) -> list[str]:
    """The modules of one circle, in order, or nothing."""
    try:
        tuple(TopologicalSorter(needs).static_order())
    except CycleError as found:
        return list(found.args[1])
    return []


def test_no_circle_of_imports():
    """Whoever finds one here moves what both need into a file of its own."""
    assert circle_in(graph(code_files())) == []


def test_a_circle_through_importlib_is_seen():
    """The control: importlib's texts count, topics too."""
    tree = ast.parse(
        'import importlib\nimportlib.import_module("jobs.documents")\nTOPICS = ("accounts.people",)'
    )
    known = {"jobs.documents", "accounts.people.views", "jobs.mail"}
    assert names_given_as_text(tree, known) == {"jobs.documents", "accounts.people.views"}
    assert circle_in({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}) != []
    assert circle_in({"a": {"b"}, "b": {"c"}, "c": set()}) == []
