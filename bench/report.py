"""What is measured, and how a figure is written down."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from math import ceil
from pathlib import Path
from statistics import median

RESULTS = Path(__file__).resolve().parent / "results.json"


class Unmeasured(Exception):
    """A figure that cannot be had; the message is its reason, in one line."""


@dataclass(frozen=True)
class Figure:
    """A name of results.json: its unit, the aim, whether more is better, and what is required at least.

    One without an aim is the physical limit of the figure above it: what the same server or library does when
    Chorus is not there.
    """

    name: str
    unit: str
    aim: float | None = None
    more_is_better: bool = False
    required: float | None = None

    @property
    def aim_words(self) -> str:
        """The aim, as a line of the report says it."""
        if self.aim is None:
            return "(the limit)"
        return f"{'at least' if self.more_is_better else 'at most'} {number(self.aim)}"

    def falls_short(self, value: float) -> bool:
        """Whether a value misses what is required (not only aimed at)."""
        if self.required is None:
            return False
        return value < self.required if self.more_is_better else value > self.required


FIGURES = {
    one.name: one
    for one in (
        Figure("certificates_per_second", "per second", 75, more_is_better=True, required=35),
        Figure("bare_certificates_per_second", "per second", more_is_better=True),
        Figure("registrations_per_second", "per second", 60, more_is_better=True),
        Figure("registrations_oversold", "places", 0, required=0),
        Figure("registration_p95_ms", "ms", 900),
        Figure("registration_requests", "requests", 3),
        Figure("event_page_per_second", "per second", 250, more_is_better=True),
        Figure("bare_page_per_second", "per second", more_is_better=True),
        Figure("event_page_p95_ms", "ms", 60),
        Figure("event_page_kilobytes", "kB", 150),
        Figure("event_page_requests", "requests", 10),
        Figure("score_page_get_p50_ms", "ms", 25),
        Figure("score_page_post_p50_ms", "ms", 20),
        Figure("entry_list_250_p50_ms", "ms", 80),
        Figure("answer_save_p50_ms", "ms", 20),
        Figure("growth_worst_ratio", "times", 1.3),
        Figure("largest_page_kilobytes", "kB", 150),
        Figure("second_start_seconds", "s", 5),
        Figure("idle_memory_mb", "MB", 400),
    )
}


@dataclass
class Runs:
    """The values of every run by the figure's name, and the load average before each run.

    `notes` are more words about a figure, printed below its line.
    """

    values: dict[str, list[float]] = field(default_factory=dict)
    loads: list[float] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)

    def value(self, name: str) -> float:
        """The median; what is counted rather than timed gives its worst run."""
        return max(self.values[name]) if name == "registrations_oversold" else median(self.values[name])

    def spread(self, name: str) -> float:
        """The greatest value less the smallest."""
        return max(self.values[name]) - min(self.values[name])


def repeat(times: int, run: Callable[[int], Mapping[str, float]]) -> Runs:
    """Call `run` (with 0, 1, …) so many times; it gives one value for each of its figures."""
    runs = Runs()
    for turn in range(times):
        runs.loads.append(os.getloadavg()[0])
        for name, value in run(turn).items():
            runs.values.setdefault(name, []).append(value)
    return runs


def percentile(values: list[float], share: float) -> float:
    """The value that `share` (0 to 1) of all values do not exceed (nearest rank)."""
    in_order = sorted(values)
    return in_order[max(0, ceil(round(share * len(in_order), 6)) - 1)]


def number(value: float) -> str:
    """A value with as many digits as mean something."""
    return f"{value:,.0f}" if value == int(value) or abs(value) >= 1000 else f"{value:.3g}"


def line(name: str, runs: Runs) -> str:
    """The report's line about one figure."""
    figure, value = FIGURES[name], runs.value(name)
    short = "  BELOW WHAT IS REQUIRED" if figure.falls_short(value) else ""
    loads = " ".join(f"{load:.1f}" for load in runs.loads)
    note = f"\n{runs.notes[name]}" if name in runs.notes else ""
    return (
        f"{name:28} {number(value):>7} {figure.unit:11} spread {number(runs.spread(name)):>6}"
        f"   aim {figure.aim_words:13} load {loads}{short}{note}"
    )


def write(measured: Mapping[str, Runs], failed: set[str], path: Path = RESULTS) -> None:
    """Put the measured figures into results.json, take the failed ones out, leave the others alone."""
    there = json.loads(path.read_text()) if path.exists() else {}
    for name, runs in measured.items():
        there[name] = {
            "value": round(runs.value(name), 3),
            "unit": FIGURES[name].unit,
            "spread": round(runs.spread(name), 3),
        }
    kept = {name: there[name] for name in FIGURES if name in there and name not in failed}
    path.write_text(json.dumps(kept, indent=2) + "\n")
