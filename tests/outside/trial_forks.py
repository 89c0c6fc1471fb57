"""Three forked processes for test_forks.py to signal and kill.

python tests/outside/trial_forks.py FOLDER: each says its number in FOLDER/<name>. A diligent one finishes
what it has in hand when it gets TERM, and says how often it got one. The ending one ends once there is
FOLDER/end.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

from outside import forks

FOLDER = Path(sys.argv[1])


def say(file: str, words: object) -> None:
    """Write a file whole or not at all."""
    part = FOLDER / f"{file}.part"
    part.write_text(str(words))
    part.rename(FOLDER / file)


def diligent(name: str) -> int:
    """Work until TERM, then half a second more."""
    signals: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, _: signals.append(number))
    say(name, os.getpid())
    while not signals:
        time.sleep(0.02)
    time.sleep(0.5)
    say(f"{name}.said", len(signals))
    return 0


def ending() -> int:
    """Work until there is a file that says otherwise."""
    say("ending", os.getpid())
    while not (FOLDER / "end").exists():
        time.sleep(0.02)
    return 7


if __name__ == "__main__":
    sys.exit(
        forks.keep(
            {"first": lambda: diligent("first"), "second": lambda: diligent("second"), "ending": ending}
        )
    )
