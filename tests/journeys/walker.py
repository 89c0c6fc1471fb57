"""Somebody who walks through Chorus in a browser of their own.

Every page they come to is checked and kept as a picture.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tests.journeys import checks
from tests.waiting import wait_until

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Response

    from tests.journeys.album import Album

# A form that is shown again, a save that has to wait: these are answers, not failures.
EXPECTED = {409, 422}
# How long a page may take on a machine that does much else; what comes ends the waiting.
PATIENCE = 120_000


class Walker:
    """A person with a browser: `who` is their name in the pictures, `page` the browser's tab."""

    def __init__(self, who: str, context: BrowserContext, address: str, album: Album, *, phone: bool) -> None:
        self.who = who
        self.context = context
        self.address = address
        self.album = album
        self.phone = phone
        self.complaints: list[str] = []
        self.expected: set[int] = set(EXPECTED)
        self.scripts = True
        context.set_default_timeout(PATIENCE)
        self.page: Page = context.new_page()
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self._complain(f"script: {error}"))
        self.page.on("response", self._answered)

    # What a browser says by itself

    def _complain(self, words: str) -> None:
        self.complaints.append(f"{self.who} at {urlsplit(self.page.url).path}: {words}")

    def _heard(self, message: ConsoleMessage) -> None:
        # An answer that is a failure is judged by _answered, which knows which page it belongs to.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self._complain(f"console: {message.text}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.expected:
            self._complain(f"{response.status} from {response.request.method} {urlsplit(response.url).path}")

    # Going somewhere

    def open(self, path: str, status: int = 200) -> Walker:
        """Go to an address, which has to answer with this status."""
        if status >= 400:
            self.expected = EXPECTED | {status}
        answer = self.page.goto(path if path.startswith("http") else self.address + path)
        assert answer is not None
        assert answer.status == status, f"{path} answers {answer.status}"
        self.look()
        self.expected = set(EXPECTED)
        return self

    def press(self, name: str | re.Pattern[str], *, within: str = "", which: int | None = None) -> Walker:
        """Press the button or follow the link with this name, and see the page that comes."""
        target = self.control(name, within=within, which=which)
        with self.page.expect_navigation():
            target.click()
        self.look()
        return self

    def control(self, name: str | re.Pattern[str], *, within: str = "", which: int | None = None) -> Locator:
        """The one button or link with this name: in the page's own part, else around it; a button first."""
        for place in [within] if within else ["main", "body"]:
            for role in ("button", "link"):
                found = self.page.locator(place).get_by_role(role, name=name, exact=isinstance(name, str))
                if found.count():
                    return found if which is None else found.nth(which)
        raise AssertionError(f"{self.who} finds no button or link {name!r} at {self.page.url}")

    def look(self) -> None:
        """Check the page as it is now and keep its picture, unless one of the very same source was seen."""
        page = self.page
        if not self.album.is_new(f"{page.viewport_size} {page.content()}"):
            return
        if self.scripts:
            breaches, advice = checks.accessibility(page)
            for one in breaches:
                self._complain(f"axe: {one}")
            self.album.advise(self.who, self.path, advice)
        for one in checks.shape(page):
            self._complain(one)
        if stuck_out := checks.overhang(page):
            self._complain(f"scrolls sideways, {stuck_out}")
        if self.phone and (stuck_out := checks.overhang_at(page, checks.SMALL_PHONE)):
            self._complain(f"scrolls sideways, {stuck_out}")
        self.album.keep(page, self.who)

    def look_on_phone(self) -> None:
        """Check the same page as it is on a phone."""
        before, self.phone = self.page.viewport_size, True
        self.page.set_viewport_size({"width": checks.PHONE, "height": 844})
        self.look()
        self.phone = False
        if before:
            self.page.set_viewport_size(before)

    # Filling in

    def fill(self, label: str, text: str) -> Walker:
        """Type into the field with this label, in place of what stands there."""
        self.page.get_by_label(label, exact=True).fill(text)
        return self

    def fill_moment(self, legend: str, when: datetime) -> Walker:
        """Type a London date and time into a field of four parts."""
        group = self.page.get_by_role("group", name=legend)
        hour, minutes = when.hour % 12 or 12, f".{when.minute:02}" if when.minute else ""
        parts = {
            "Day": str(when.day),
            "Month": str(when.month),
            "Year": str(when.year),
            "Time": f"{hour}{minutes}{'am' if when.hour < 12 else 'pm'}",
        }
        for label, text in parts.items():
            group.get_by_label(label, exact=True).fill(text)
        return self

    def tick(self, *labels: str | re.Pattern[str]) -> Walker:
        """Tick the boxes or choose the options with these labels."""
        for label in labels:
            self.page.get_by_label(label, exact=isinstance(label, str)).check()
        return self

    def select(self, label: str, option: str) -> Walker:
        """Choose from a list that opens."""
        self.page.get_by_label(label, exact=True).select_option(label=option)
        return self

    # Seeing

    def sees(self, *texts: str | re.Pattern[str], within: str = "body") -> Walker:
        """All of these stand on the page (or come soon)."""
        from playwright.sync_api import expect

        for text in texts:
            expect(self.page.locator(within)).to_contain_text(text)
        return self

    def sees_no(self, *texts: str) -> Walker:
        """None of these stands on the page, nor in its source."""
        shown = self.page.content()
        for text in texts:
            assert text not in shown, f"{self.who} sees {text!r} at {self.page.url}"
        return self

    def is_at(self, heading: str | re.Pattern[str]) -> Walker:
        """The first heading says this."""
        from playwright.sync_api import expect

        expect(self.page.locator("h1")).to_contain_text(heading)
        return self

    @property
    def path(self) -> str:
        """The address without the server."""
        return urlsplit(self.page.url).path

    def fetch(self, path: str) -> tuple[int, str, bytes]:
        """What an address answers to this person's browser: (status, type, content). No page is opened."""
        answer = self.context.request.get(path if path.startswith("http") else self.address + path)
        return answer.status, answer.headers.get("content-type", ""), answer.body()

    def glance(self, script: str) -> Any:
        """What a script says of the page as it is; None while the page is being left."""
        from playwright.sync_api import Error

        try:
            return self.page.evaluate(script)
        except Error:
            return None

    def until(self, path: str, seen: Callable[[Page], Any]) -> Any:
        """Open `path` again and again until `seen(page)` gives something true, and give that."""

        def look() -> Any:
            self.page.goto(self.address + path)
            return seen(self.page)

        return wait_until(look, f"what {self.who} looks for at {path}", every=0.5)

    # What only the demonstration offers

    def become(self, name: str) -> Walker:
        """Sign in as a person of the story, with one press."""
        self.open("/demo").press(f"Sign in as {name}")
        return self.sees(f"You are {name} now")

    def sign_in(self, email: str, *, by_link: bool = False) -> Walker:
        """Sign in the way everybody does: ask, then type the code from the mail or press the mail's button.

        Who has been sent to the sign-in page already asks from there, and comes to where they wanted to go.
        """
        if self.path != "/sign-in":
            self.open("/sign-in")
        self.fill("Email address", email).press("Send me a code").is_at("Look into your email")
        back = self.path
        self.read_mail(email, "sign-in code")
        if by_link:
            return self.press("Open this on Chorus").is_at("Sign in with this link").press("Sign in")
        found = re.search(r"your sign-in code is (\d{3} ?\d{3})", self.page.inner_text("main"))
        assert found is not None
        return self.open(back).fill("Sign-in code", found[1]).press("Sign in")

    def read_mail(self, to: str, subject: str) -> Walker:
        """Read the newest mail to this address whose subject has these words; it may be on its way still."""

        def found(page: Page) -> Any:
            rows = page.locator("tr", has_text=to).filter(has=page.get_by_role("link", name=subject))
            return rows.first.get_by_role("link").get_attribute("href") if rows.count() else None

        self.open(self.until("/demo/mail", found))
        return self

    def has_no_mail(self, to: str, subject: str) -> Walker:
        """There is no such mail."""
        self.open("/demo/mail")
        rows = self.page.locator("tr", has_text=to).filter(has=self.page.get_by_role("link", name=subject))
        assert rows.count() == 0, f"{to} has a mail about {subject}"
        return self

    def picture(self, name: str, *, whole: bool = False) -> Walker:
        """Keep the page as a picture for the README, where pictures are asked for."""
        self.album.picture(self.page, name, whole=whole)
        return self
