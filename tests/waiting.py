"""Waiting in tests: for an event, as long as it takes.

A limit in seconds says how busy a machine may be, not what is right. So whoever waits names the event, and
what would make waiting vain (a process that has ended); LAST_RESORT only ends what would hang for ever.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

LAST_RESORT = 600.0
T = TypeVar("T")


def wait_until(
    look: Callable[[], T], what: str, *, vain: Callable[[], object] | None = None, every: float = 0.05
) -> T:
    """Look again and again until there is something; gives what there is.

    Fails, saying `what` was waited for, as soon as `vain` gives anything (then once more looked at), or after
    LAST_RESORT seconds.
    """
    end = time.monotonic() + LAST_RESORT
    while True:
        in_vain = vain() if vain else None
        if found := look():
            return found
        assert not in_vain, f"waited in vain for {what}: {in_vain}"
        assert time.monotonic() < end, f"waited {LAST_RESORT:.0f} seconds for {what}"
        time.sleep(every)
