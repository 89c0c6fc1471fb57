"""A browser for tests: opens pages, presses buttons, and refuses pages that are not good HTML.

    page = client.open("/events/symphony")                  # redirects are followed, one by one
    page = page.press("Register", **{
        "Email address": "a@example.org",                # a field by its label
        "How will you come?": "By train",                # radios by legend and option (or the option: True)
        "Workshops": ["Open stage", "Carers"],           # checkboxes by legend and options
        "I agree": True,                                 # one checkbox by its label
        "When entries open": datetime(...),              # a date in parts: datetime, date or "8 10 2026 9am"
        "Picture": (b"...", "me.png"),                   # a file
    })
    assert (page.status, page.h1, page.errors) == (200, "You are registered", [])

What a page holds (csrf token, hidden fields, what was typed) is sent along as a browser would. Every HTML
page opened goes through tests/page_checks.py; `after_get` of the browser is called after each GET (is the
session clean?).
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import Context
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

from flask.testing import FlaskClient
from lxml.etree import _Element as Element
from werkzeug.test import TestResponse

from tests.page_checks import CHECKS, parse, words
from tests.page_forms import HIDDEN, Filled

MOST_REDIRECTS = 10
TYPED = ("text", "email", "tel", "url", "search")
_good: set[int] = set()


class BadPage(AssertionError):
    """A page that must not be shown to anybody; the message lists what is wrong."""


@dataclass
class Browser:
    """Wraps `app.test_client()`. `after_get` may raise to say that a GET changed something."""

    client: FlaskClient
    after_get: Callable[[], None] | None = None
    trail: list[str] = field(default_factory=list)

    def open(self, path: str, **how: Any) -> Page:
        """GET a page, following redirects; `how` goes to Flask's test client (headers, query_string)."""
        return self._go("GET", path, **how)

    def send(self, path: str, data: Any = None, **how: Any) -> Page:
        """POST without a page, for what no form can send (a forged or stale one)."""
        return self._go("POST", path, data=data, **how)

    def _go(self, method: str, path: str, **how: Any) -> Page:
        """Ask, and follow redirects inside the site by GET; the way stands in `trail`."""
        self.trail = []
        for _ in range(MOST_REDIRECTS):
            # As in a server: a context of its own, whatever the test itself has open (`g`, a transaction).
            answer = Context().run(self.client.open, path, method=method, **how)
            self.trail.append(f"{answer.status_code} {method} {path}")
            if method == "GET" and self.after_get:
                self.after_get()
            where = answer.headers.get("Location", "")
            target = urljoin(path, where)
            if answer.status_code not in (301, 302, 303) or urlsplit(target).netloc not in ("", "localhost"):
                return Page(self, answer, path)
            parts = urlsplit(target)
            path, method, how = parts.path + (f"?{parts.query}" if parts.query else ""), "GET", {}
        raise BadPage(f"Too many redirects: {self.trail}")


class Page:
    """What one sees after opening something; see the top of this file."""

    def __init__(self, browser: Browser, answer: TestResponse, url: str) -> None:
        self.browser, self.url = browser, url
        self.status, self.headers = answer.status_code, answer.headers
        self.content_type, self.body = answer.mimetype or "", answer.data
        self.html = answer.get_data(as_text=True) if self.content_type.startswith("text/") else ""
        self.tree: Element | None = None
        if self.content_type == "text/html":
            self.tree, wrong = parse(self.html)
            self._refuse_if_bad(wrong)

    def _refuse_if_bad(self, wrong: list[str]) -> None:
        """Raise BadPage with everything that is wrong.

        A page seen before, letter by letter, is not checked again.
        """
        seen = hash(self.html)
        if seen in _good:
            return
        for check in CHECKS:
            wrong.extend(check(self._root()))
        if wrong:
            raise BadPage(f"{self.url} ({self.status}):\n- " + "\n- ".join(wrong))
        _good.add(seen)

    def _root(self) -> Element:
        """The tree; raises BadPage where the answer is no HTML page."""
        if self.tree is None:
            raise BadPage(f"{self.url} answered {self.status} with {self.content_type}, not a page")
        return self.tree

    def _texts(self, path: str) -> list[str]:
        """The words of everything that an XPath finds."""
        return [words(element) for element in self._root().xpath(path)]

    @property
    def title(self) -> str:
        """The title, as the browser's tab shows it."""
        return "".join(self._texts("//title"))

    @property
    def h1(self) -> str:
        """The words of the one h1."""
        return "".join(self._texts("//h1"))

    @property
    def headings(self) -> list[str]:
        """The words of all headings below the h1, in order."""
        return self._texts("//main//h2 | //main//h3 | //main//h4")

    @property
    def text(self) -> str:
        """All words of the page, white space made single."""
        return "".join(self._texts("//body"))

    @property
    def errors(self) -> list[str]:
        """What the error summary lists."""
        return self._texts("//*[@data-error-summary]//li")

    @property
    def notices(self) -> list[str]:
        """What the page says about the last action."""
        return self._texts("//*[contains(@class, 'notice--')]")

    @property
    def links(self) -> dict[str, str]:
        """The addresses of the page's links by their words (the first, where words are said twice)."""
        found: dict[str, str] = {}
        for link in self._root().iter("a"):
            found.setdefault(words(link), link.get("href") or "")
        return found

    @property
    def buttons(self) -> list[str]:
        """What the buttons say, in order."""
        return [words(button) for button in self._root().iter("button")]

    def table(self, caption: str) -> list[dict[str, str]]:
        """The rows of the table with this caption, as dicts by column; a cell over several stands in each."""
        tables = [table for table in self._root().iter("table") if words(table.find("caption")) == caption]
        if len(tables) != 1:
            raise LookupError(f"{len(tables)} tables are called {caption!r}: {self._texts('//caption')}")
        columns = [words(cell) for cell in tables[0].xpath(".//thead/tr[1]/*")]
        return [
            dict(zip(columns, row, strict=True)) for row in _grid(tables[0].xpath("./tbody/tr"), len(columns))
        ]

    def values(self) -> dict[str, str]:
        """What the text fields of the page hold, by label."""
        found = {}
        for name in self._root().iter("label"):
            for one in self._root().xpath("//*[@id=$id]", id=name.get("for")):
                if one.tag == "textarea":
                    found[words(name)] = one.text or ""
                elif one.tag == "input" and one.get("type", "text") in TYPED:
                    found[words(name)] = one.get("value", "")
        return found

    def follow(self, said: str) -> Page:
        """Open the link with these words; LookupError lists the links where it is not there."""
        for link in self._root().iter("a"):
            if said in (words(link), words(link, HIDDEN)):
                return self.browser.open(urljoin(self.url, link.get("href")))
        raise LookupError(f"No link says {said!r}: {list(self.links)}")

    def press(self, said: str, near: str = "", /, **fields: Any) -> Page:
        """Fill in the form that holds the button and press it.

        `near` picks among several such buttons: words of the row, item or form around it. LookupError says
        what there is instead where the button or a field is not there.
        """
        button = self._button(said, near)
        ident = button.get("form")
        form = (
            self._root().xpath("//form[@id=$id]", id=ident)[0]
            if ident
            else next(button.iterancestors("form"))
        )
        filled = Filled(self._root(), form)
        for label, value in fields.items():
            filled.put(label, value)
        data = filled.data(button)
        target = urljoin(self.url, form.get("action") or self.url)
        if (form.get("method") or "get").lower() == "get":
            return self.browser.open(target.partition("?")[0], query_string=data)
        return self.browser.send(target, data)

    def _button(self, said: str, near: str) -> Element:
        """The one button with these words."""
        found = [one for one in self._root().iter("button") if said in (words(one), words(one, HIDDEN))]
        if near:
            found = [
                one
                for one in found
                if any(near in words(a) for a in one.iterancestors("tr", "li", "form", "div"))
            ]
            closest = min((_distance(one, near) for one in found), default=0)
            found = [one for one in found if _distance(one, near) == closest]
        if len(found) != 1:
            raise LookupError(f"{len(found)} buttons say {said!r} (near {near!r}): {self.buttons}")
        return found[0]


def _distance(button: Element, near: str) -> int:
    """How many elements out from a button the words are met first."""
    for steps, around in enumerate(button.iterancestors()):
        if near in words(around):
            return steps
    return 1_000


def _grid(rows: list[Element], width: int) -> list[list[str]]:
    """The words of a table's cells with row and column spans spread out; a missing cell is empty."""
    hanging: dict[tuple[int, int], str] = {}
    grid = []
    for number, row in enumerate(rows):
        line: list[str] = []
        cells = iter(row)
        while len(line) < width:
            if (number, len(line)) in hanging:
                line.append(hanging[number, len(line)])
                continue
            cell = next(cells, None)
            said = "" if cell is None else words(cell)
            across, down = (
                (1, 1) if cell is None else (int(cell.get("colspan", 1)), int(cell.get("rowspan", 1)))
            )
            for _ in range(across):
                hanging |= {(number + below, len(line)): said for below in range(1, down)}
                line.append(said)
        grid.append(line)
    return grid
