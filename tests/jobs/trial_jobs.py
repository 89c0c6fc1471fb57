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


def take_a_while(folder: str, seconds: int) -> None:
    """Say that work has begun, work, and say that it is done."""
    (Path(folder) / "begun").write_text(str(os.getpid()))
    time.sleep(seconds)
    (Path(folder) / "done").write_text("done")
