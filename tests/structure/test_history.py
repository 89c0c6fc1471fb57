"""Every action that a page calls writes its line of history."""

from __future__ import annotations

import ast
import re

from tests.structure.reading import called, calls, code_files, functions, strings_given_to, where
from website.factory import TOPICS

# Actions of pages that write no line of their own, and why.
SILENT = {
    "accounts/sign_in/actions.py ask_to_sign_in": "nobody has signed in yet; the request itself is a row",
}
DOERS = ("actions.py", "appointing.py")
WHAT = re.compile(r"[a-z_]+\.[a-z_]+")


def doing():
    """{(file, function): the names that it calls} of everything in the files that write."""
    return {
        (path, function.name): {called(node) for node in ast.walk(function) if isinstance(node, ast.Call)}
        for path in code_files()
        if path.name in DOERS
        for function in functions(path)
    }


def records(start, graph):
    """Whether a function, or what it calls in the files that write, calls `record`."""
    seen, ahead = set(), [start]
    while ahead:
        one = ahead.pop()
        if one in seen:
            continue
        seen.add(one)
        if graph[one] & {"record", "_record"}:
            return True
        ahead += [other for other in graph if other[1] in graph[one]]
    return False


def test_every_action_of_a_page_is_recorded():
    """Called from a view, and in it or in what it calls there is a `record(…)`."""
    graph = doing()
    views = [path for path in code_files() if path.name == "views.py" and "demo" not in path.parts]
    asked = {
        (path, node.func.attr)
        for view, node in ((view, node) for view in views for _, node in calls([view], names_of(graph)))
        if isinstance(node.func, ast.Attribute)
        for path in (view.parent / name for name in DOERS)
        if (path, node.func.attr) in graph
    }
    silent = {f"{where(path)} {name}" for path, name in asked if not records((path, name), graph)}
    assert (silent, len(asked) > 30) == (set(SILENT), True)


def names_of(graph):
    """The names of all functions that write."""
    return tuple({name for _, name in graph})


def test_every_line_names_a_topic_that_exists():
    """`record(who, "entries.submit_entry", …)`: the topic's name before the dot."""
    topics = {topic.rpartition(".")[2] for topic in TOPICS}
    topics |= {path.parent.name for path in code_files() if path.name == "actions.py"}
    said = {what for what in strings_given_to(code_files(), ("record", "_record"), 1) if "." in what}
    assert {
        what for what in said if not WHAT.fullmatch(what) or what.partition(".")[0] not in topics
    } == set()
    assert len(said) > 20


def test_scopes_are_of_the_kinds_that_pages_show():
    """Scheme, event, organisation, person or Chorus itself."""
    scopes = re.compile(r"""["'](scheme|event|organisation|person|chorus)(:\{[^}]+\})?["']""")
    said = set()
    for _, call in calls(code_files(), ("record",)):
        given = ast.unparse(call.args[2]) if len(call.args) > 2 else ""
        if given.startswith(("f'", 'f"', "'", '"')):
            said.add(given)
    assert {given for given in said if not scopes.search(given)} == set()
