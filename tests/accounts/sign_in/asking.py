"""Asking for a code in a browser, and reading the mail that came of it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from backstage.outbox.models import Mail
from base.database import db
from tests.page import Browser, Page
from website.transactions import Chorus


@dataclass(frozen=True)
class Letter:
    """What the sign-in mail says."""

    recipient: str
    code: str
    link: str

    @property
    def path(self) -> str:
        """The link without its host, as a test browser opens it."""
        return self.link.removeprefix("http://localhost")

    @property
    def wrong_code(self) -> str:
        """Six digits that are not the code."""
        return f"{(int(self.code.replace(' ', '')) + 1) % 1_000_000:06d}"


def letters(app: Chorus) -> list[Letter]:
    """Every sign-in mail written so far, oldest first."""
    with app.app_context():
        rows = db.session.scalars(
            select(Mail).where(Mail.template == "sign_in/code_and_link").order_by(Mail.id)
        ).all()
        return [Letter(row.recipient, str(row.values["code"]), str(row.values["link"])) for row in rows]


def ask(app: Chorus, browser: Browser, email: str, onward: str = "") -> tuple[Page, Letter]:
    """Ask for a code: the page one lands on, and the newest mail."""
    page = browser.open("/sign-in", query_string={"onward": onward} if onward else None)
    landed = page.press("Send me a code", **{"Email address": email})
    return landed, letters(app)[-1]


def type_code(page: Page, code: str) -> Page:
    """Type a code into the page for it."""
    return page.press("Sign in", **{"Sign-in code": code})
