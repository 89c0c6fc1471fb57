"""What is changed in a rule, one small way at a time, and what is left alone."""

from __future__ import annotations

import ast

import pytest

from bench.mutants import ROOT, mutants_of, own_tests, rules_modules


def changed(source: str) -> dict[tuple[int, str], set[str]]:
    """{(line, kind): the changed sources} of a module's mutants, as they are written."""
    found: dict[tuple[int, str], set[str]] = {}
    for mutant in mutants_of("some.rules", source):
        found.setdefault((mutant.line, mutant.what), set()).add(mutant.source)
    return found


@pytest.mark.parametrize(
    ("before", "what", "after"),
    [
        ("a < b", "comparison", {"a <= b"}),
        ("a <= b < c", "comparison", {"a < b < c", "a <= b <= c"}),
        ("a and b", "and/or", {"a or b"}),
        ("a or b or c", "operand dropped", {"b or c", "a or c", "a or b"}),
        ("not a", "not dropped", {"a"}),
        ("a + b", "arithmetic", {"a - b"}),
        ("f(True, 3)", "constant", {"f(False, 3)", "f(True, 4)"}),
        ("x if a else y", "if True", {"x if True else y"}),
        ("[x for x in y if x]", "filter dropped", {"[x for x in y]"}),
        ("{'a': {'b', 'c'}}", "member dropped", {"{'a': {'c'}}", "{'a': {'b'}}"}),
        ("{'a': {'b'}}", "member dropped", {"{'a': set()}"}),
    ],
)
def test_one_thing_is_changed_at_a_time(before, what, after):
    """Each in its own mutant, the rest as it stood."""
    assert changed(before)[1, what] == after


def test_what_a_function_gives_is_taken_away():
    """Not where it is nothing already."""
    source = "def f(a):\n    if a:\n        return a\n    return None"
    assert {line for line, what in changed(source) if what == "returns None"} == {3}


@pytest.mark.parametrize(
    "source",
    ['"""Three words here."""', "x: int | None", '"a" + b', 'f"{a:>3}"', "@d(frozen=True)\nclass A: ..."],
)
def test_what_cannot_matter_is_left_alone(source):
    """Texts, annotations, decorators."""
    assert mutants_of("some.rules", source) == []


def test_a_mutant_is_python():
    """All of them, for a file that has everything."""
    source = (ROOT / "bench" / "mutants.py").read_text()
    found = mutants_of("bench.mutants", source)
    assert len(found) > 40
    assert {type(ast.parse(one.source)) for one in found[::10]} == {ast.Module}


def test_the_rules_come_first():
    """Most mutants are noticed there, in a tenth of the time."""
    names = [path.rpartition("/")[2] for path in own_tests("awards.schemes.rules")]
    assert names[:2] == ["test_rules.py", "test_actions.py"]
    names = [path.rpartition("/")[2] for path in own_tests("backstage.question_types.rules.url")]
    assert names[:2] == ["test_url.py", "test_rules.py"]


def test_a_topic_that_does_not_exist_is_named():
    """With those that there are."""
    with pytest.raises(SystemExit, match=r"No rules in awards\.nothing\. There are: "):
        rules_modules(["awards.nothing"])
    assert rules_modules(["awards.schemes"]) == ["awards.schemes.rules"]
    types = rules_modules(["backstage.question_types"])
    assert {"backstage.question_types.rules.text", "backstage.question_types.rules.url"} < set(types)
