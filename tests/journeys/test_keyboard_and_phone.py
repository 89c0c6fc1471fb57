"""Without a mouse, on a phone, with large text: registering and judging."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tests.journeys import checks

if TYPE_CHECKING:
    from tests.journeys.conftest import People
    from tests.journeys.walker import Walker

MOST_STOPS = 120
AROUND = 10
HERE = """() => {
  const one = document.activeElement, box = one.getBoundingClientRect();
  const name = one.getAttribute("aria-label") || one.labels?.[0]?.innerText || one.innerText || "";
  return {tag: one.tagName, name: name.trim(), x: box.x, y: box.y, width: box.width, height: box.height};
}"""
# What WCAG 1.4.12 says that a page has to bear. Sheets that are adopted need no leave of the page's policy.
SPACED = """() => { const sheet = new CSSStyleSheet();
  sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: .12em !important; "
    + "word-spacing: .16em !important } p { margin-bottom: 2em !important }");
  document.adoptedStyleSheets = [sheet]; }"""
CUT_OFF = """() => [...document.querySelectorAll("main *")].filter(one => {
  const style = getComputedStyle(one);
  return style.overflowX === "hidden" && one.clientWidth > 1 && one.scrollWidth > one.clientWidth + 1
    && !one.closest("svg, .art, [aria-hidden=true]");
}).map(one => one.tagName + "." + one.className).slice(0, 3)"""


class Keys:
    """Somebody who uses the keyboard only."""

    def __init__(self, walker: Walker) -> None:
        self.walker = walker
        self.page = walker.page

    def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def tab_to(self, name: str | re.Pattern[str]) -> None:
        """Press Tab until this has the focus; every stop on the way has to show that it has it."""
        stops: list[str] = []
        for _ in range(MOST_STOPS):
            self.press("Tab")
            here = self.page.evaluate(HERE)
            stops.append(here["name"])
            self.shows_focus(here)
            if (here["name"] == name) if isinstance(name, str) else name.search(here["name"]):
                return
        raise AssertionError(f"Tab does not lead to {name!r}: {stops}")

    def shows_focus(self, here: dict[str, Any]) -> None:
        """The stop is on the screen, and looks otherwise with the focus than without it."""
        size = self.page.viewport_size
        assert size is not None
        assert here["tag"] != "BODY", "the focus is lost"
        seen = here["y"] + here["height"] > 0 and here["y"] < size["height"] and here["x"] < size["width"]
        assert seen, f"{here['name']!r} has the focus and is not on the screen"
        left, top = max(here["x"] - AROUND, 0), max(here["y"] - AROUND, 0)
        clip = {
            "x": left,
            "y": top,
            "width": min(here["width"] + 2 * AROUND, size["width"] - left),
            "height": min(here["height"] + 2 * AROUND, size["height"] - top),
        }
        focused = self.page.screenshot(clip=clip, caret="hide")  # type: ignore[arg-type]
        self.page.evaluate("() => { window.stop = document.activeElement; window.stop.blur(); }")
        plain = self.page.screenshot(clip=clip, caret="hide")  # type: ignore[arg-type]
        self.page.evaluate("() => window.stop.focus({preventScroll: true})")
        assert focused != plain, f"nothing shows that {here['name']!r} has the focus"

    def go(self, key: str = "Enter") -> None:
        """Press a key that leads to another page, and look at it."""
        with self.page.expect_navigation():
            self.press(key)
        self.walker.look()

    def type(self, text: str) -> None:
        """Type into what has the focus."""
        self.page.keyboard.type(text)


def test_registering_by_keyboard_on_a_phone(people: People) -> None:
    walker = people.new("Kim", phone=True)
    keys = Keys(walker)
    walker.open("/events/symphony")
    keys.tab_to("Skip to main content")
    keys.press("Enter")
    assert walker.page.evaluate("document.activeElement.id") == "maincontent"
    keys.tab_to("Register, no account needed")
    keys.go()
    keys.tab_to("Name for your badge")
    keys.type("Kim")
    keys.tab_to("Register")
    keys.go()
    summary = walker.page.locator("[data-error-summary]")
    assert summary.evaluate("one => one === document.activeElement"), "the errors have the focus"
    keys.tab_to("Enter your email address")
    keys.press("Enter")
    assert walker.page.evaluate("document.activeElement.id") == "email"
    keys.type("kim.lane@example.org")
    keys.tab_to("Trans identity at work")
    keys.press("Space")
    keys.tab_to("Why we ask, who sees it and when it is deleted")
    keys.press("Enter")
    walker.sees("You need not tell us anything")
    keys.tab_to("Large print")
    keys.press("Space")
    keys.tab_to("Register")
    keys.go()
    walker.is_at("You are registered").sees("Trans identity at work", "You have a place")


def test_judging_by_keyboard_on_a_phone(people: People) -> None:
    walker = people.new("Beth", phone=True).become("Beth Lloyd")
    keys = Keys(walker)
    walker.open("/judging")
    keys.tab_to(re.compile("^(Read|Go on with) "))
    keys.go()
    keys.tab_to("No, I can read it")
    keys.press("Space")
    keys.tab_to("Continue")
    keys.go()
    while "/finish/" not in walker.path:
        keys.press("4")
        assert walker.page.locator("input[type=radio]:checked").input_value() == "4"
        keys.press("ArrowDown")
        assert walker.page.locator("input[type=radio]:checked").input_value() == "3"
        keys.tab_to(re.compile("^Why"))
        keys.type("Clear. 5 of 5 for honesty.")  # figures are words here, not marks
        assert walker.page.locator("input[type=radio]:checked").input_value() == "3"
        keys.tab_to(re.compile("^Next: "))
        keys.go()
    walker.sees("Clear. 5 of 5 for honesty.")
    keys.tab_to("Finish this entry")
    keys.go()
    walker.sees("You have finished")


PAGES = {
    "": (
        "/",
        "/awards/ppmh",
        "/awards/ppmh-last-year/winners",
        "/events/symphony",
        "/events/symphony/register",
        "/demo",
    ),
    "Priya Nair": ("/entries",),
    "Beth Lloyd": ("/judging",),
    "Noor Haddad": ("/awards/ppmh/organise", "/awards/ppmh/organise/ranking/partnership"),
    "Owen Tudor": ("/events/symphony/organise", "/events/symphony/organise/registrations"),
}


def test_large_text_and_wide_spacing(people: People) -> None:
    """Text of 200% and 400% (a window of half and a quarter of the width), and more space between letters."""
    walker, wrong = people.new("Reader"), []
    desk = walker.page.viewport_size
    assert desk is not None
    for who, paths in PAGES.items():
        if who:
            walker.become(who)
        for path in paths:
            walker.open(path)
            for width in (640, checks.SMALL_PHONE):
                walker.page.set_viewport_size({"width": width, "height": 512})
                wrong += [f"{path} at {width}px: {one}" for one in _out_of_sight(walker)]
            walker.page.evaluate(SPACED)
            wrong += [f"{path} with wide spacing: {one}" for one in _out_of_sight(walker)]
            walker.page.set_viewport_size(desk)
    assert wrong == []


def _out_of_sight(walker: Walker) -> list[str]:
    """What sticks out of the window, or is cut off."""
    out, cut = checks.overhang(walker.page), walker.page.evaluate(CUT_OFF)
    return [*([out] if out else []), *(f"{one} is cut off" for one in cut)]
