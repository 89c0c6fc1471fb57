"""How signing in by e-mail works. No passwords; a code and a link arrive together."""

from __future__ import annotations

from datetime import datetime, timedelta

from base.errors import Refusal

# Mail is slow in large organisations, so a code lasts an hour and every code of the hour works.
CODE_LASTS = timedelta(hours=1)
DEVICE_LASTS = timedelta(days=30)
# Wrong codes for one address within the hour; the link in the mail goes on working, so nobody can lock
# another out.
MOST_ATTEMPTS = 15
MOST_REQUESTS_AN_HOUR = 8
REQUESTS_KEPT = timedelta(days=1)
MOST_ONWARD = 500

NOT_ASKED = Refusal("Ask for a new code", "code")
WRONG_CODE = Refusal("That code is not right, or it has expired. Check it, or ask for a new one", "code")
NO_SUCH_LINK = Refusal("This link is not one of ours. Ask for a new one")


def why_not_use(what: str, attempts: int, used: bool, expires_at: datetime, now: datetime) -> Refusal | None:
    """Why a "code" or a "link" no longer works, whatever it says; None when it may be tried.

    `attempts` is the number of wrong codes typed within the hour; a link has none.
    """
    if used:
        return Refusal(f"This {what} has been used. Ask for a new one", "code")
    if now >= expires_at:
        return Refusal(f"This {what} has expired. Ask for a new one", "code")
    if attempts >= MOST_ATTEMPTS:
        return Refusal("Too many wrong codes. Use the button in the email instead, or wait an hour", "code")
    return None


def may_write_again(requests_within_the_hour: int) -> bool:
    """Whether one more mail goes to an address; the page says the same either way."""
    return requests_within_the_hour < MOST_REQUESTS_AN_HOUR


def tidy_code(typed: str) -> str:
    """The digits of a code, whatever spaces or dashes came with them."""
    return "".join(c for c in typed if c.isdigit())


def safe_onward(path: str) -> str:
    """Where to go after signing in: a path of ours, or nothing. Refuses addresses of other hosts.

    Browsers read a backslash as a slash and leave out tabs and line endings, so "/\\\\host" and "/<tab>/host"
    lead elsewhere too: no such sign is let through at all.
    """
    ours = path.startswith("/") and not path.startswith("//") and len(path) <= MOST_ONWARD
    return path if ours and path.isprintable() and "\\" not in path else ""
