"""Rules about the code itself that no linter knows."""

from __future__ import annotations

import ast
import importlib
import re
import sys

from tests.structure.reading import FLOORS, ROOT, calls, code_files, functions, imports_of, tree_of, where

BANNED_FOLDERS = {"common", "core", "utils", "util", "helpers", "services", "managers", "misc", "lib"}
MOST_LINES, MOST_FUNCTION_LINES = 320, 50
# What may be longer, and why. Nothing is added here without splitting having been tried.
LONG_FILES: dict[str, str] = {}
LONG_FUNCTIONS = {
    "demo/seed_awards.py _add_scheme": "one call with everything that a scheme has",
    "website/factory.py create_app": "one list of settings, in the order in which things are put together",
}
# The only places where a transaction ends, and how.
COMMITS = {
    ("jobs/step.py", "db.session.commit"),
    ("jobs/step.py", "db.session.rollback"),
    ("website/transactions.py", "db.session.commit"),
    ("website/transactions.py", "db.session.rollback"),
}
JOB = re.compile(r"jobs\.[a-z_]+\.[a-z_]+")
PURE = {"base.display", "base.errors", "base.marks", "base.text", "base.tokens", "base.typed_dates"}


def dotted(node: ast.expr) -> str:
    """An attribute as it is written: "db.session.commit"."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else "…"


def test_only_the_edges_commit():
    """`transactions.commit()` is the command line's way to the same place."""
    ends = {(where(path), dotted(call.func)) for path, call in calls(code_files(), ("commit", "rollback"))}
    ours = {"transactions.commit", "commit", "transactions.roll_back"}
    assert {end for end in ends if end[1] not in ours} == COMMITS


def test_savepoints_are_released_by_with():
    """`begin_nested` stands in a `with`, so that none stays open."""
    within = {
        id(item.context_expr)
        for path in code_files()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.With)
        for item in node.items
    }
    assert [
        where(path) for path, call in calls(code_files(), ("begin_nested",)) if id(call) not in within
    ] == []


def test_every_job_that_is_named_exists():
    """A misspelt name would fail in a worker, where nobody looks."""
    named = {
        node.value
        for path in code_files()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and JOB.fullmatch(node.value)
    } - {"jobs.schedule.main", "jobs.worker.main"}
    missing = []
    for name in sorted(named):
        module, _, function = name.rpartition(".")
        if not callable(getattr(importlib.import_module(module), function, None)):
            missing.append(name)
    assert (missing, "jobs.mail.send_mails" in named) == ([], True)


def test_a_job_takes_ids_only():
    """Nothing else may travel through Redis: every parameter of a job is a number."""
    taken = {
        f"{where(path)} {function.name}": {
            ast.unparse(argument.annotation) if argument.annotation else ""
            for argument in [*function.args.args, *filter(None, [function.args.vararg])]
        }
        for path in (ROOT / "jobs" / name for name in ("mail.py", "documents.py"))
        for function in functions(path)
        if f'"jobs.{path.stem}.{function.name}"' in "".join(one.read_text() for one in code_files())
    }
    assert {name: kinds for name, kinds in taken.items() if kinds != {"int"}} == {}
    assert len(taken) >= 3


def test_folders_say_what_they_hold():
    """No folder called utils."""
    folders = {
        folder.name for path in code_files() for folder in path.relative_to(ROOT).parents if folder.name
    }
    assert folders & BANNED_FOLDERS == set()


def test_files_can_be_read_in_a_sitting():
    """About 300 lines; a longer one is a topic that wants splitting."""
    long = {where(path): len(path.read_text().splitlines()) for path in code_files()}
    assert {name for name, lines in long.items() if lines > MOST_LINES} == set(LONG_FILES)


def test_functions_are_one_thought():
    """About 40 lines."""
    long = {
        f"{where(path)} {function.name}"
        for path in code_files()
        for function in functions(path)
        if (function.end_lineno or 0) - function.lineno + 1 > MOST_FUNCTION_LINES
    }
    assert long == set(LONG_FUNCTIONS)


def test_modules_actions_rules_and_queries_say_what_they_are():
    """Every module, and every public function and class of what a topic does; elsewhere a docstring stands
    where a name does not say enough.
    """
    silent = []
    for path in code_files():
        tree = tree_of(path)
        if tree.body and ast.get_docstring(tree) is None:
            silent.append(where(path))
        if path.name in ("actions.py", "rules.py", "queries.py") or path.parent.name == "rules":
            silent += [
                f"{where(path)} {node.name}"
                for node in tree.body
                if isinstance(node, (ast.FunctionDef, ast.ClassDef))
                and not node.name.startswith("_")
                and ast.get_docstring(node) is None
            ]
    assert silent == []


def test_views_never_touch_tables():
    """They ask queries and actions."""
    wrong = {
        where(path): sorted(
            name
            for name in imports_of(path)
            if re.search(r"\.models(\.|$)|^sqlalchemy(?!\.exc)|^base\.database", name)
        )
        for path in code_files()
        if path.name == "views.py"
    }
    assert {name: found for name, found in wrong.items() if found} == {}


def test_rules_are_pure():
    """They import the standard library, other rules, and what is pure in the ground."""
    wrong = {}
    for path in code_files():
        if path.name == "rules.py" or path.parent.name == "rules":
            modules = {
                node.module
                for node in ast.walk(tree_of(path))
                if isinstance(node, ast.ImportFrom) and node.module and node.module != "__future__"
            }
            wrong[where(path)] = {name for name in modules if not is_pure(name)}
    assert {name: found for name, found in wrong.items() if found} == {}


def is_pure(module: str) -> bool:
    """Whether rules may import it."""
    ours = module in PURE or "rules" in module.split(".")
    return ours or module.partition(".")[0] in sys.stdlib_module_names


def test_only_the_clock_asks_the_time():
    """Everybody else asks outside/clock.py, which tests freeze and the demonstration moves."""
    askers = {
        where(path)
        for path, call in calls(code_files(), ("now", "today", "utcnow"))
        if dotted(call.func) in ("datetime.now", "date.today", "datetime.today", "datetime.utcnow")
    }
    assert askers - {"outside/backup.py"} == {"outside/clock.py"}


def test_nothing_prints_what_people_wrote():
    """Logs name classes and ids: no `log.exception`, no `exc_info`, outside the supervisor's own programs."""
    loud = {
        f"{where(path)}:{call.lineno}"
        for path, call in calls(code_files(), ("exception", "error", "warning", "info", "debug"))
        if dotted(call.func).startswith(("log.", "_log.", "logging."))
        and (call.func.attr == "exception" or any(word.arg == "exc_info" for word in call.keywords))  # type: ignore[attr-defined]
    }
    assert loud == set()


def test_the_floors_are_all_here():
    """What these tests read is the whole house."""
    folders = {path.name for path in ROOT.iterdir() if (path / "__init__.py").exists()}
    assert folders - {"bench", "tests", "migrations"} == set(FLOORS)
