"""What nothing uses: `make check-dead`, by vulture, which reads the code, and the templates' names with it.

Tests do not count as a use. What is used in a way that cannot be read stands below, with its reason.
"""

from __future__ import annotations

import keyword
import re
import sys
from pathlib import Path

from vulture import Vulture

from tests.structure.reading import ROOT, code_files, template_texts

# Flask, click and Flask-Limiter are given these by their decorator.
GIVEN_BY_DECORATORS = ["@bp.route", "@commands.command", "@limiter.request_filter"]
USED_ELSEWHERE = [
    # written for whoever reads the database after an incident: who did it, and when
    "*_at",
    "*_by",
    # called by name: filters (website/templating.py), states printed into docs/states.md
    "machine_time",
    "paragraphs",
    "reading_minutes",
    "*MOVES",
    # what libraries look for: WTForms, Flask, RQ, Python's signals
    "validate_*",
    "ngettext",
    "get_translations",
    "permanent",
    "jinja_options",
    "jinja_loader",
    "handle_exception",
    "exc_string",
    "trace",
]


def main() -> int:
    """Print what nothing uses, one line each; 1 where there is anything."""
    found = Vulture(ignore_names=USED_ELSEWHERE, ignore_decorators=GIVEN_BY_DECORATORS)
    ours = [path for path in code_files() if path.parent.name != "deploy"]
    # The figures use our code; what of them is used is their own affair.
    found.scavenge([str(path) for path in (*ours, *(ROOT / "bench").glob("*.py"))])
    found.scan("\n".join(sorted(names_in_texts())), filename="templates")
    dead = [one for one in found.get_unused_code(min_confidence=60) if Path(one.filename) in ours]
    for one in dead:
        print(one.get_report())  # noqa: T201
    if dead:
        print("Delete it; or say in tests/structure/dead_code.py who uses it.")  # noqa: T201
    return bool(dead)


def names_in_texts() -> set[str]:
    """Every name between the braces of a template, and every job that code names in a text."""
    inside = re.findall(r"\{[{%](.*?)[%}]\}", "\n".join(template_texts()), flags=re.DOTALL)
    jobs = re.findall(r'"jobs\.\w+\.(\w+)"', "\n".join(path.read_text() for path in code_files()))
    names = {name for text in inside for name in re.findall(r"[A-Za-z_]\w*", text)} | set(jobs)
    return {name for name in names if not keyword.iskeyword(name)}


if __name__ == "__main__":
    sys.exit(main())
