"""Browsers, a running Chorus, and people who walk through it.

A journey asks for `people` and calls `people.new("Noor")`. What is wrong with the pages on its way is
collected and fails the journey at its end, so that one run tells everything.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.journeys import checks, papers
from tests.journeys.album import Album
from tests.journeys.running import RunningChorus
from tests.journeys.walker import PATIENCE, Walker
from website import templating

if TYPE_CHECKING:
    from playwright.sync_api import Browser

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DESKTOP, PHONE = (1280, 900), (390, 844)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all journeys of this worker; they skip where there is none."""
    driver = pytest.importorskip(
        "playwright.sync_api", reason="playwright is not installed: make e2e installs it"
    )
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("there is no Chromium on this machine")
    if not papers.have_poppler():
        pytest.skip("poppler-utils is not installed, which reads the PDFs")
    if not (checks.AXE.exists() and (templating.BUILT / "manifest.json").exists()):
        pytest.skip("the pages' assets are not built: make e2e builds them")
    driver.expect.set_options(timeout=PATIENCE)
    with driver.sync_playwright() as player:
        browser = player.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def one_chorus(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningChorus]:
    """The Chorus of this worker, started as everybody starts it; at the end it has to end cleanly."""
    running = RunningChorus(tmp_path_factory.mktemp("chorus"))
    try:
        running.start()
        yield running
    finally:
        running.end()


class People:
    """Everybody who takes part in one journey."""

    def __init__(self, browser: Browser, chorus: RunningChorus, album: Album) -> None:
        self.browser = browser
        self.chorus = chorus
        self.album = album
        self.walkers: list[Walker] = []

    def new(self, who: str, *, phone: bool = False, scripts: bool = True, **more: Any) -> Walker:
        """Somebody with a fresh browser: on a phone, or without scripts, or whatever Playwright offers."""
        width, height = PHONE if phone else DESKTOP
        context = self.browser.new_context(
            viewport={"width": width, "height": height},
            java_script_enabled=scripts,
            has_touch=phone,
            locale="en-GB",
            reduced_motion="reduce",
            **more,
        )
        walker = Walker(who, context, self.chorus.address, self.album, phone=phone)
        walker.scripts = scripts
        self.walkers.append(walker)
        return walker

    def complaints(self) -> list[str]:
        """Everything that was wrong with the pages so far, once each."""
        return list(dict.fromkeys(one for walker in self.walkers for one in walker.complaints))

    def keep_last_pictures(self) -> None:
        """What everybody saw last, for whoever looks into a failed journey."""
        for walker in self.walkers:
            if not walker.page.is_closed():
                self.album.keep(walker.page, walker.who, "failed-here")

    def leave(self) -> None:
        """Everybody closes their browser."""
        for walker in self.walkers:
            walker.context.close()


@pytest.fixture
def people(chromium: Browser, one_chorus: RunningChorus, request: pytest.FixtureRequest) -> Iterator[People]:
    """People for one journey, in a demonstration that has just begun."""
    everybody = People(chromium, one_chorus, Album(request.node.name))
    begin_again(everybody)
    yield everybody
    everybody.leave()


def begin_again(everybody: People) -> None:
    """Put the demonstration back to how it began, the way its own page offers."""
    page = everybody.browser.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(f"{everybody.chorus.address}/demo")
    page.get_by_role("button", name="Begin again: put everything back").click()
    page.get_by_text("Everything is as it was in the beginning").wait_for()
    page.context.close()


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Generator[None, Any, Any]:
    """Keep pictures of a failure, and fail a journey on whose way a page was wrong."""
    everybody = pyfuncitem.funcargs.get("people")
    try:
        result = yield
    except BaseException:
        if isinstance(everybody, People):
            everybody.keep_last_pictures()
            sys.stdout.write("\n".join(everybody.complaints()))
        raise
    if isinstance(everybody, People):
        wrong = everybody.complaints()
        assert not wrong, "\n".join([f"{len(wrong)} things are wrong with the pages:", *wrong])
    return result
