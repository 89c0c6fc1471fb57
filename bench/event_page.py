"""The public page of an event: how many a second while places change, and what it weighs."""

from __future__ import annotations

import shutil
from typing import Any

from base.database import db
from bench import crowd
from bench.report import Runs, Unmeasured, percentile, repeat
from bench.world import World
from events.agenda.queries import visible_sessions
from events.places.rules import places_in
from events.set_up.queries import event_facts
from outside import clock

EVENT = "symphony"
CLIENTS, SECONDS, BOOKINGS = 8, 10.0, 5
BROWSER_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def measure(world: World, times: int) -> Runs:
    """8 clients read the Symphony's page for ten seconds, every time as somebody new, without conditions.

    Every two seconds somebody books through the form, and a page fetched a second later has to show it: where
    one does not, there is no figure.
    """
    world.begin_again()

    def run(turn: int) -> dict[str, float]:
        world.wait_until_quiet()
        report = crowd.send(
            "read_pages",
            {
                "port": world.house.port,
                "event": EVENT,
                "clients": CLIENTS,
                "seconds": SECONDS,
                "bookings": bookings(world, turn),
            },
        )
        return {
            "event_page_per_second": len(report["milliseconds"]) / SECONDS,
            "event_page_p95_ms": percentile(report["milliseconds"], 0.95),
        }

    return repeat(times, run)


def bookings(world: World, turn: int) -> list[tuple[str, int, int]]:
    """(e-mail, workshop, places left before) of the run's bookings, always where most places are left."""
    with world.app.app_context():
        now = clock.now()
        sessions = visible_sessions(event_facts(EVENT).event_id, now)
        db.session.rollback()
    left = {one.session_id: places_in(one).left for one in sessions if one.places is not None}
    plan = []
    for number in range(BOOKINGS):
        workshop = max(left, key=lambda one: (left[one], -one))
        if not left[workshop]:
            raise Unmeasured("the Symphony's workshops are full, so no place can change during the run")
        plan.append((f"booking{turn}.{number}@example.org", workshop, left[workshop]))
        left[workshop] -= 1
    return plan


def weigh(world: World, times: int) -> Runs:
    """What a browser with an empty cache fetches for the Symphony's page: requests, and bytes as encoded."""
    address = f"http://127.0.0.1:{world.house.port}/events/{EVENT}"
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        raise Unmeasured("there is no Chromium: apt-get install chromium")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        raise Unmeasured("there is no playwright: bin/setup test installs it") from None

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=BROWSER_FLAGS)
        runs = repeat(times, lambda _: open_once(browser, address))
        browser.close()
    return runs


def open_once(browser: Any, address: str) -> dict[str, float]:
    """Open the page in a fresh profile; raises Unmeasured where anything of it cannot be fetched."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    wire = context.new_cdp_session(page)
    sizes: dict[str, float] = {}
    asked: set[str] = set()
    failed: list[str] = []

    def sent(event: dict[str, Any]) -> None:
        if event["request"]["url"].startswith("http"):
            asked.add(event["requestId"])

    def arrived(event: dict[str, Any]) -> None:
        sizes[event["requestId"]] = event["encodedDataLength"]

    wire.on("Network.requestWillBeSent", sent)
    wire.on("Network.loadingFinished", arrived)
    wire.on("Network.loadingFailed", lambda event: failed.append(event["errorText"]))
    wire.send("Network.enable")
    answer = page.goto(address, wait_until="networkidle")
    context.close()
    if answer is None or answer.status != 200 or failed or asked - sizes.keys():
        raise Unmeasured(f"the page did not load whole: {failed or 'something never arrived'}")
    return {
        "event_page_kilobytes": sum(sizes[one] for one in asked) / 1000,
        "event_page_requests": len(asked),
    }
