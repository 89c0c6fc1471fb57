"""People who use Chorus all at once: a process of its own, so that nothing here waits for the harness.

`python -m bench.crowd NAME` reads a plan (JSON) and prints what happened (JSON). Standard library only.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.client import Visitor, WrongAnswer, address_of, hidden_fields, inputs_of
from bench.report import Unmeasured

Plan = dict[str, Any]
ROOT = Path(__file__).resolve().parent.parent
LONGEST = 600
# The booking client and the one that looks for its bookings are nobody of the crowd.
STRANGERS = 100_000


def send(name: str, plan: Plan) -> Plan:
    """Let a crowd act on a plan, in its own process; gives what it reports. Raises Unmeasured."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.crowd", name],
        input=json.dumps(plan),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=LONGEST,
    )
    if done.returncode:
        words = done.stderr.strip().splitlines()
        raise Unmeasured(words[-1] if words else f"the load client ended with {done.returncode}")
    report: Plan = json.loads(done.stdout)
    return report


class Together:
    """Threads that begin at one moment; the first one's error ends the run."""

    def __init__(self, many: int) -> None:
        self.errors: list[Exception] = []
        self.began = 0.0
        self._gate = threading.Barrier(many, action=self._begin)
        self._threads: list[threading.Thread] = []

    def _begin(self) -> None:
        self.began = time.perf_counter()

    def add(self, work: Callable[[], object]) -> None:
        """Start a thread that waits for the others before it works."""

        def run() -> None:
            try:
                self._gate.wait(timeout=30)
                work()
            except Exception as error:  # noqa: BLE001 - told by whoever waits
                self.errors.append(error)

        self._threads.append(threading.Thread(target=run))
        self._threads[-1].start()

    @property
    def since(self) -> float:
        """The seconds since all began."""
        return time.perf_counter() - self.began

    def finish(self) -> None:
        """Wait for all; raises the first error."""
        for thread in self._threads:
            thread.join()
        if self.errors:
            raise self.errors[0]


def register_all(plan: Plan) -> Plan:
    """`clients` threads register `people` ([email, name, workshop]) for `event`, each person a new browser.

    Gives for each person the milliseconds of the POST, when it was all over (seconds since the beginning) and
    how many requests it took.
    """
    waiting = list(enumerate(plan["people"]))[::-1]
    rows: list[dict[str, Any]] = []
    crowd = Together(plan["clients"])

    def work() -> None:
        while waiting and not crowd.errors:
            number, (email, name, workshop) = waiting.pop()
            visitor = Visitor(plan["port"], address_of(plan["first_address"] + number))
            milliseconds = register(visitor, plan["event"], email, name, workshop, needs=number % 8 == 0)
            rows.append(
                {
                    "email": email,
                    "post_ms": milliseconds,
                    "done_at": crowd.since,
                    "requests": visitor.requests,
                }
            )
            visitor.close()

    for _ in range(plan["clients"]):
        crowd.add(work)
    crowd.finish()
    return {"people": rows}


def register(
    visitor: Visitor, event: str, email: str, name: str, workshop: int, *, needs: bool = False
) -> float:
    """Read the form, choose a workshop, send it, read the confirmation; gives the POST's milliseconds."""
    path = f"/events/{event}/register"
    form = visitor.get(path).content
    if not any(
        one.get("name") == "workshops" and one.get("value") == str(workshop) for one in inputs_of(form)
    ):
        raise WrongAnswer(f"the form does not offer workshop {workshop}")
    fields = [
        *hidden_fields(form),
        ("badge_name", name),
        ("email", email),
        ("workshops", str(workshop)),
        *([("access", "Hearing loop")] if needs else []),
    ]
    began = time.perf_counter()
    answer = visitor.post(path, fields)
    milliseconds = (time.perf_counter() - began) * 1000
    if b"You are registered" not in visitor.get(answer.location).content:
        raise WrongAnswer("the confirmation does not say that somebody is registered")
    return milliseconds


def read_pages(plan: Plan) -> Plan:
    """`clients` threads read the page of `event` for `seconds`, each time as somebody new.

    Meanwhile one person books every two seconds, one of `bookings` ([email, workshop, places left before])
    after the other; a page fetched a second later has to show it. Gives the milliseconds of every page.
    """
    path = f"/events/{plan['event']}"
    milliseconds: list[float] = []
    shown: list[bool] = []
    crowd = Together(plan["clients"] + 1)

    def read(number: int) -> None:
        turn = 0
        while crowd.since < plan["seconds"] and not crowd.errors:
            began = time.perf_counter()
            # Somebody new has no connection yet; kept ones would all stay with the process they once met.
            visitor = Visitor(plan["port"], address_of(number * 10_000 + turn % 10_000))
            visitor.get(path)
            milliseconds.append((time.perf_counter() - began) * 1000)
            visitor.close()
            turn += 1

    def book() -> None:
        for number, (email, workshop, left) in enumerate(plan["bookings"]):
            time.sleep(max(0.0, 2 * number + 0.5 - crowd.since))
            register(
                Visitor(plan["port"], address_of(STRANGERS + number)), plan["event"], email, "", workshop
            )
            time.sleep(1)
            page = Visitor(plan["port"], address_of(STRANGERS + 1000 + number)).get(path).content
            shown.append(places_left(page, workshop) == left - 1)

    for number in range(plan["clients"]):
        crowd.add(lambda number=number: read(number))  # type: ignore[misc]
    crowd.add(book)
    crowd.finish()
    if not all(shown):
        raise WrongAnswer(
            f"{shown.count(False)} of {len(shown)} bookings were not on the page a second later"
        )
    return {"milliseconds": milliseconds, "bookings": len(shown)}


def places_left(page: bytes, workshop: int) -> int:
    """How many places an event's page says are left in a workshop; raises WrongAnswer where it says none."""
    found = re.search(
        rb'/sessions/%d".*?places__words">(?:([\d,]+) of|<strong>Full)' % workshop, page, re.DOTALL
    )
    if found is None:
        raise WrongAnswer(f"the page does not say how many places workshop {workshop} has left")
    return int((found[1] or b"0").replace(b",", b""))


def score_all(plan: Plan) -> Plan:
    """A judge opens one criterion after the other (`pages`) and scores it; gives milliseconds of both."""
    judge = Visitor(plan["port"], plan["address"], plan["cookies"])
    opened, scored = [], []
    for number, path in enumerate(plan["pages"]):
        began = time.perf_counter()
        page = judge.get(path)
        opened.append((time.perf_counter() - began) * 1000)
        # Another score than at the turn before, so that every POST has something to write.
        value = (plan["turn"] + number) % 5 + 1
        fields = [
            *hidden_fields(page.content),
            ("value", str(value)),
            ("comment", f"Clear and honest. Read on turn {plan['turn'] + 1}."),
        ]
        began = time.perf_counter()
        judge.post(path, fields)
        scored.append((time.perf_counter() - began) * 1000)
    return {"get_ms": opened, "post_ms": scored}


def save_answers(plan: Plan) -> Plan:
    """A writer opens the question at `path` and saves it, so many `times`. Gives the POSTs' milliseconds."""
    writer = Visitor(plan["port"], plan["address"], plan["cookies"])
    milliseconds = []
    for number in range(plan["times"]):
        fields = hidden_fields(writer.get(plan["path"]).content)
        words = f"Draft {number} of turn {plan['turn']}. " + "It was tried here and it helped. " * 13
        began = time.perf_counter()
        writer.post(plan["path"], [*fields, ("text", words)])
        milliseconds.append((time.perf_counter() - began) * 1000)
    return {"milliseconds": milliseconds}


def open_page(plan: Plan) -> Plan:
    """Somebody opens `path` so many `times`; it has to hold `holds` (`mark` so often). Gives milliseconds."""
    visitor = Visitor(plan["port"], plan["address"], plan["cookies"])
    milliseconds = []
    for _ in range(plan["times"]):
        began = time.perf_counter()
        page = visitor.get(plan["path"])
        milliseconds.append((time.perf_counter() - began) * 1000)
    if (there := page.content.count(plan["mark"].encode())) < plan["holds"]:
        raise WrongAnswer(f"{plan['path']} lists {there} instead of {plan['holds']}")
    return {"milliseconds": milliseconds}


ACTS = {one.__name__: one for one in (register_all, read_pages, score_all, save_answers, open_page)}


def main(name: str) -> int:
    """Act on the plan that stands on the standard input."""
    try:
        report = ACTS[name](json.load(sys.stdin))
    except (WrongAnswer, OSError, threading.BrokenBarrierError) as error:
        print(error, file=sys.stderr)
        return 1
    json.dump(report, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
