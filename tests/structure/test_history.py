"""Every action that a page calls writes its line of history."""

from __future__ import annotations

import ast
import re

from tests.structure.reading import (
    ROOT,
    called,
    calls,
    code_files,
    functions,
    strings_given_to,
    tree_of,
    where,
)
from website.factory import TOPICS

# Actions of pages that write no line of their own, and why.
SILENT = {
    "accounts/sign_in/actions.py ask_to_sign_in": "nobody has signed in yet; the request itself is a row",
}
# What a topic has beside what writes.
OTHER_KINDS = {
    "__init__.py",
    "views.py",
    "forms.py",
    "messages.py",
    "queries.py",
    "models.py",
    "rules.py",
    "permissions.py",
}
TOPICS_LIVE_IN = {"accounts", "awards", "backstage", "events", "website"}
WHAT = re.compile(r"[a-z_]+\.[a-z_]+")


def writers():
    """Every file of a topic that writes: actions.py, and whatever of no other kind changes rows."""
    topics = [
        path
        for path in code_files()
        if path.relative_to(ROOT).parts[0] in TOPICS_LIVE_IN and len(path.relative_to(ROOT).parts) == 3
    ]
    changes = ("insert", "update", "delete", "db.session.add", "db.session.add_all", "record")
    names = [change.rpartition(".")[2] for change in changes]
    changing = {path for path, call in calls(topics, names) if ast.unparse(call.func) in changes}
    return [path for path in topics if path in changing and path.name not in OTHER_KINDS]


def doing():
    """{(file, function): the names that it calls} of everything in the files that write."""
    return {
        (path, function.name): {called(node) for node in ast.walk(function) if isinstance(node, ast.Call)}
        for path in writers()
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


def asked_by(view, graph):
    """The functions of files that write which a views.py names: called, or given to a form to carry out."""
    modules = {}
    for node in ast.walk(tree_of(view)):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                whole = f"{node.module}.{alias.name}".replace(".", "/")
                modules[alias.asname or alias.name] = ROOT / f"{whole}.py"
                if (function := (ROOT / f"{node.module.replace('.', '/')}.py", alias.name)) in graph:
                    yield function
    for node in ast.walk(tree_of(view)):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            module = modules.get(node.value.id)
            if module and (module, node.attr) in graph:
                yield module, node.attr


def test_every_action_of_a_page_is_recorded():
    """Named in a view, and in it or in what it calls there is a `record(…)`."""
    graph = doing()
    views = [path for path in code_files() if path.name == "views.py" and "demo" not in path.parts]
    asked = {function for view in views for function in asked_by(view, graph)}
    silent = {f"{where(path)} {name}" for path, name in asked if not records((path, name), graph)}
    assert (silent, len(asked) > 40) == (set(SILENT), True)


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
