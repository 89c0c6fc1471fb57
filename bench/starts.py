"""Starting again with yesterday's data, and what Chorus takes when nobody uses it."""

from __future__ import annotations

import time
from pathlib import Path

from bench.house import House
from bench.report import Runs, Unmeasured, repeat

NAMES = ("second_start_seconds", "idle_memory_mb")
SETTLED = 20.0


def measure(house: House, times: int) -> Runs:
    """second_start_seconds: from `make run` to the first 200 of the front page, databases included.

    idle_memory_mb: the memory of every process of that Chorus, 20 s after it was whole and answered a page.
    """

    def run(_: int) -> dict[str, float]:
        house.stop()
        seconds = house.start()
        house.wait_until_whole()
        time.sleep(SETTLED)
        return {"second_start_seconds": seconds, "idle_memory_mb": memory_of_tree(house.pid)}

    return repeat(times, run)


def memory_of_tree(top: int) -> float:
    """The proportional set sizes of a process and all its descendants, in MB of a million bytes."""
    pids = descendants(top)
    return sum(proportional_size(pid) for pid in pids) / 1e6


def descendants(top: int) -> list[int]:
    """A process and everything under it, whatever session it made for itself."""
    children: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it ended while we looked
        children.setdefault(int(fields[1]), []).append(int(path.parent.name))
    found, new = [], [top]
    while new:
        found += new
        new = [child for parent in new for child in children.get(parent, [])]
    return found


def proportional_size(pid: int) -> int:
    """A process's PSS in bytes; raises Unmeasured where this account may not read it."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except FileNotFoundError:
        return 0  # it ended while we looked
    except OSError as error:
        raise Unmeasured(f"the memory of process {pid} cannot be read ({error.strerror})") from None
    for line in text.splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    raise Unmeasured(f"the kernel does not say how much memory process {pid} shares")
