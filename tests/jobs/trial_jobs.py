"""Jobs that a real worker is given in tests."""

from __future__ import annotations

import os
import time
from pathlib import Path


class TrialError(Exception):
    """Goes wrong with somebody's words in it."""


def fail_with_words(number: int) -> None:
    """Raise an error whose text, over several lines, holds what a person wrote."""
    try:
        int("maya@example.org wrote: my son is ill")
    except ValueError as error:
        error.add_note("note about maya@example.org")
        raise TrialError(f"row {number}:\nmaya@example.org:\nmy son is ill") from error


def work_until_told(folder: str) -> None:
    """Say that work has begun (and in which process), work until there is a file `enough`, say it is done."""
    here = Path(folder)
    (here / "begun.part").write_text(str(os.getpid()))
    (here / "begun.part").rename(here / "begun")
    while not (here / "enough").exists():
        time.sleep(0.05)
    (here / "done").write_text("done")
