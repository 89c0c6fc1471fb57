"""`python -m bench [NAME…]`: measure a Chorus as it is served; print a line per figure, write results.json.

The rule of measurement: production settings (rate limits, CSRF, history, mail rows on), fsync on, demo data,
five runs, the median and the spread with the load average before each run. Without names everything is
measured; with names the others keep their entries. A figure that cannot be had is an error with its reason.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

from bench import certificates, event_page, judging, registrations, report, starts
from bench.house import House
from bench.report import FIGURES, Runs
from bench.world import World

TIMES = 5


@dataclass(frozen=True)
class Measure:
    """Figures that are had together, and what measures them (`times` runs)."""

    names: tuple[str, ...]
    take: Callable[[World, int], Runs]


# Those that are disturbed by what came before stand first; starting and ending stand last.
MEASURES = (
    Measure(("entry_list_250_p50_ms",), judging.measure_list),
    Measure(("score_page_get_p50_ms", "score_page_post_p50_ms"), judging.measure),
    Measure(("event_page_kilobytes", "event_page_requests"), event_page.weigh),
    Measure(("event_page_per_second", "event_page_p95_ms"), event_page.measure),
    Measure(
        (
            "registrations_per_second",
            "registrations_oversold",
            "registration_p95_ms",
            "registration_requests",
        ),
        registrations.measure,
    ),
    Measure(("certificates_per_second",), certificates.measure),
    Measure(("second_start_seconds", "idle_memory_mb"), starts.measure),
)


def main(words: list[str]) -> int:
    """Measure what was asked for; 0 where every figure was had and none is below what is required."""
    asked = arguments(words)
    names = set(asked.names or FIGURES)
    measured: dict[str, Runs] = {}
    failed: set[str] = set()
    print(f"Starting a Chorus to measure, on {os.cpu_count()} cores …", flush=True)
    with House() as house:
        world = World(house)
        for measure in MEASURES:
            wanted = [name for name in measure.names if name in names]
            if not wanted:
                continue
            began = time.monotonic()
            try:
                runs = measure.take(world, asked.runs)
            except Exception as error:  # noqa: BLE001 - the other figures can still be had
                failed.update(wanted)
                for name in wanted:
                    print(f"{name:26} NOT MEASURED: {reason(error)}", flush=True)
                continue
            for name in wanted:
                measured[name] = runs
                print(report.line(name, runs), flush=True)
            print(f"{'':26} ({time.monotonic() - began:.0f} s)", flush=True)
        world.close()
    if asked.runs == TIMES:
        report.write(measured, failed)
        print(f"Written: {report.RESULTS.name}")
    short = [name for name, runs in measured.items() if FIGURES[name].falls_short(runs.value(name))]
    return 1 if failed or short else 0


def reason(error: Exception) -> str:
    """Why a figure could not be had, in one line."""
    words = str(error).strip().splitlines()
    kind = "" if isinstance(error, report.Unmeasured) else f"{type(error).__name__}: "
    return kind + (words[0] if words else "no words")


def arguments(words: list[str]) -> argparse.Namespace:
    """The names asked for, and how many runs (other than five: to try something out, nothing is written)."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure Chorus.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(FIGURES))
    parser.add_argument("--runs", type=int, default=TIMES, help="not 5: only print, write nothing")
    asked = parser.parse_args(words)
    if unknown := set(asked.names) - FIGURES.keys():
        parser.error(f"no such figure: {', '.join(sorted(unknown))}")
    return asked


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
