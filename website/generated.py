"""Documentation printed from the code, so that it cannot go stale: pages, states, personal data."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from types import FunctionType
from typing import Any

from flask import Flask

from base.database import Base, Personal
from base.settings import ROOT
from website.modules import modules_called

RENDERED = re.compile(r'render_template\(\s*"([^"]+)"')


def personal_columns() -> Iterable[tuple[str, str, Personal]]:
    """(table, column, why) of every column that holds something about a person, by table and column."""
    for table in sorted(Base.metadata.tables.values(), key=lambda table: table.name):
        for column in sorted(table.columns, key=lambda column: column.name):
            if "personal" in column.info:
                yield table.name, column.name, column.info["personal"]


def personal_data() -> list[dict[str, str]]:
    """What is kept about people: {"what", "purpose", "readers", "retention"}, one for each column."""
    return [
        {
            "what": f"{table.replace('_', ' ')}: {column.replace('_', ' ')}",
            "purpose": why.purpose,
            "readers": why.readers,
            "retention": why.retention,
        }
        for table, column, why in personal_columns()
    ]


def personal_data_page() -> str:
    """docs/personal-data.md."""
    lines = [
        "# Personal data",
        "",
        "Printed from the tables by `make docs`. Sensitive: history keeps only that it changed.",
        "",
        "| table | column | why | who reads it | kept | forgotten by | sensitive |",
        "|---|---|---|---|---|---|---|",
    ]
    for table, column, why in personal_columns():
        sensitive = "yes" if why.sensitive else ""
        lines.append(
            f"| {table} | {column} | {why.purpose} | {why.readers} | {why.retention} | {why.forgotten_by} "
            f"| {sensitive} |"
        )
    return "\n".join(lines) + "\n"


def template_of(view: Callable[..., Any]) -> str:
    """The templates that a view renders, by reading its source and that of the helpers beside it."""
    sources = (inspect.getsource(function) for function in with_helpers(inspect.unwrap(view)))
    return " ".join(sorted({name for source in sources for name in RENDERED.findall(source)})) or "-"


def with_helpers(function: FunctionType) -> list[FunctionType]:
    """A function and every function of its module that it names, directly or through one of them; pages that
    it only redirects to are none of them.
    """
    found, ahead = [], [function]
    while ahead:
        one = ahead.pop()
        if one in found:
            continue
        found.append(one)
        named = (function.__globals__.get(name) for name in one.__code__.co_names)
        ahead += [
            other
            for other in named
            if isinstance(other, FunctionType) and other.__module__ == function.__module__
        ]
    return found


def pages_page(app: Flask) -> str:
    """docs/pages.txt: route, methods, endpoint, permission, template."""
    lines = []
    for rule in app.url_map.iter_rules():
        if rule.endpoint == "static":
            continue
        view = app.view_functions[rule.endpoint]
        permission = getattr(view, "permission", None) or f"public: {getattr(view, 'public', '')}"
        methods = ",".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))
        lines.append(f"{rule.rule}  {methods}  {rule.endpoint}  [{permission}]  {template_of(view)}")
    return "\n".join(sorted(lines)) + "\n"


def state_machines() -> Iterable[tuple[str, dict[str, set[str]]]]:
    """(topic, moves) of every rules.py that has states."""
    for rules in modules_called("rules"):
        for name in sorted(vars(rules)):
            if name == "MOVES" or name.endswith("_MOVES"):
                about = name.removesuffix("MOVES").strip("_").lower()
                topic = rules.__name__.removesuffix(".rules")
                yield (f"{topic} ({about})" if about else topic), getattr(rules, name)


def states_page() -> str:
    """docs/states.md: each topic's states and where they may go."""
    lines = ["# States", "", "Printed from every `rules.py` by `make docs`.", ""]
    for topic, moves in state_machines():
        lines += [f"## {topic}", "", "```mermaid", "stateDiagram-v2"]
        for state in moves:
            lines += [f"    {state} --> {after}" for after in sorted(moves[state])] or [
                f"    {state} --> [*]"
            ]
        lines += ["```", ""]
    return "\n".join(lines)


def all_pages(app: Flask) -> dict[Path, str]:
    """{file: what it should say} for everything that is printed from the code."""
    docs = ROOT / "docs"
    return {
        docs / "pages.txt": pages_page(app),
        docs / "states.md": states_page(),
        docs / "personal-data.md": personal_data_page(),
    }
