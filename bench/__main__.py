"""`python -m bench [NAME…]`: measure a Chorus as it is served; print a line per figure, write results.json.

The rule of measurement: production settings (rate limits, CSRF, history, mail rows on), fsync on, demo data,
five runs, the median and the spread with the load average before each run. Without names everything is
measured and results.json is written; with names the figures are only printed, unless `--write` says that
theirs shall replace the kept ones. A figure that cannot be had is an error with its reason.
"""

from __future__ import annotations

import argparse
import importlib
import multiprocessing
import os
import signal
import sys
import time
from dataclasses import dataclass
from multiprocessing.connection import Connection

from bench import report, starts
from bench.house import House
from bench.report import FIGURES, Runs, Unmeasured

TIMES = 5


@dataclass(frozen=True)
class Measure:
    """Figures that are had together, and what has them: module:function, of a World and a number of runs.

    That runs in a process of its own: what it loads must not share memory with the Chorus that is weighed.
    """

    names: tuple[str, ...]
    function: str = ""


MEASURES = (
    Measure(("entry_list_250_p50_ms",), "bench.judging:measure_list"),
    Measure(("score_page_get_p50_ms", "score_page_post_p50_ms"), "bench.judging:measure"),
    Measure(("event_page_kilobytes", "event_page_requests"), "bench.event_page:weigh"),
    Measure(("event_page_per_second", "event_page_p95_ms"), "bench.event_page:measure"),
    Measure(
        (
            "registrations_per_second",
            "registrations_oversold",
            "registration_p95_ms",
            "registration_requests",
        ),
        "bench.registrations:measure",
    ),
    Measure(("certificates_per_second",), "bench.certificates:measure"),
    Measure(("bare_certificates_per_second",), "bench.bare:measure_certificates"),
    Measure(("bare_page_per_second",), "bench.bare:measure_page"),
    Measure(("answer_save_p50_ms",), "bench.answers:measure"),
    Measure(("growth_worst_ratio", "largest_page_kilobytes"), "bench.growth:measure"),
    # Chorus is stopped and started for these, so they stand last.
    Measure(starts.NAMES),
)


def main(words: list[str]) -> int:
    """Measure what was asked for; 0 where every figure was had and none is below what is required."""
    asked = arguments(words)
    # However this is ended, the Chorus that it started ends with it.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    names = set(asked.names or FIGURES)
    measured: dict[str, Runs] = {}
    failed: set[str] = set()
    print(f"Starting a Chorus to measure, on {os.cpu_count()} cores …", flush=True)
    with House() as house:
        for measure in MEASURES:
            wanted = [name for name in measure.names if name in names]
            if not wanted:
                continue
            began = time.monotonic()
            try:
                runs = take(measure, house, asked.runs)
            except Unmeasured as error:
                failed.update(wanted)
                for name in wanted:
                    print(f"{name:28} NOT MEASURED: {error}", flush=True)
                continue
            for name in wanted:
                measured[name] = runs
                print(report.line(name, runs), flush=True)
            print(f"{'':28} ({time.monotonic() - began:.0f} s)", flush=True)
    if asked.writes:
        report.write(measured, failed)
        print(f"Written: {report.RESULTS.name}")
    short = [name for name, runs in measured.items() if FIGURES[name].falls_short(runs.value(name))]
    return 1 if failed or short else 0


def take(measure: Measure, house: House, times: int) -> Runs:
    """The runs of one measure; raises Unmeasured with the reason where they cannot be had."""
    if not measure.function:
        apart("bench.world:begin_again", house, times)
        return starts.measure(house, times)
    runs = apart(measure.function, house, times)
    if not isinstance(runs, Runs):
        raise Unmeasured("nothing came back")
    return runs


def apart(function: str, house: House, times: int) -> object:
    """Call a function of a World (module:name) in a process of its own; raises Unmeasured."""
    context = multiprocessing.get_context("fork")
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=_call, args=(function, house, times, sending))
    process.start()
    sending.close()
    try:
        answer = receiving.recv()
    except EOFError:
        answer = Unmeasured("the process that measured has ended")
    process.join()
    if isinstance(answer, Unmeasured):
        raise answer
    return answer


def _call(function: str, house: House, times: int, sending: Connection) -> None:
    from bench.world import World

    module, _, name = function.partition(":")
    answer: object
    try:
        answer = getattr(importlib.import_module(module), name)(World(house), times)
    except Unmeasured as error:
        answer = error
    except Exception as error:  # noqa: BLE001 - the other figures can still be had
        words = str(error).strip().splitlines() or ["no words"]
        answer = Unmeasured(f"{type(error).__name__}: {words[0]}")
    sending.send(answer)


def arguments(words: list[str]) -> argparse.Namespace:
    """The names asked for, how many runs, and whether results.json is written (`writes`).

    It is where everything is measured, or where that is asked for; never after other than five runs, which
    are for trying something out.
    """
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure Chorus.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(FIGURES))
    parser.add_argument("--runs", type=int, default=TIMES, help="not 5: only print, write nothing")
    parser.add_argument("--write", action="store_true", help="keep the named figures, too")
    asked = parser.parse_args(words)
    if unknown := set(asked.names) - FIGURES.keys():
        wrong, right = ", ".join(sorted(unknown)), "\n  ".join(FIGURES)
        parser.error(f"no figure is called {wrong}; there are\n  {right}")
    asked.writes = asked.runs == TIMES and (asked.write or not asked.names)
    return asked


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
