"""Names of organisations, and who gets in without asking."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

KINDS = (
    "NHS trust",
    "Charity",
    "Police force",
    "Emergency service",
    "Service-user group",
    "Social enterprise",
    "Council",
    "Other",
)
REGIONS = (
    "East of England",
    "London",
    "Midlands",
    "North East and Yorkshire",
    "North West",
    "South East",
    "South West",
    "Northern Ireland",
    "Scotland",
    "Wales",
    "Whole of the UK",
)
MOST_NAME = 120
# Addresses that anybody can have: they prove nothing about where somebody works.
SHARED_MAIL_DOMAINS = frozenset(
    {
        "nhs.net",
        "gmail.com",
        "googlemail.com",
        "outlook.com",
        "hotmail.com",
        "hotmail.co.uk",
        "live.co.uk",
        "yahoo.com",
        "yahoo.co.uk",
        "btinternet.com",
        "icloud.com",
        "example.org",
    }
)
_SMALL_WORDS = {"the", "and", "of", "for"}
_APOSTROPHES = {ord("'"): None, ord("’"): None, ord("‘"): None}
# Words that are pages of their own below /organisations.
TAKEN_SLUGS = frozenset({"start"})


def name_key(name: str) -> str:
    """What two spellings of one organisation's name share: letters and digits, no accents, no small words."""
    words = _words(name.replace("&", " and "))
    return " ".join(word for word in words if word not in _SMALL_WORDS) or " ".join(name.casefold().split())


def _words(name: str) -> list[str]:
    """The words of a name in plain letters; an apostrophe parts no word ("St Andrew's", "St Andrews")."""
    plain = unicodedata.normalize("NFKD", name).casefold().translate(_APOSTROPHES)
    return re.findall(r"[a-z0-9]+", "".join(c for c in plain if not unicodedata.combining(c)))


def slug_of(name: str) -> str:
    """A short name for addresses: "St Andrew's Healthcare" gives "st-andrews-healthcare"."""
    return "-".join(_words(name))[:60].strip("-") or "organisation"


def proves_membership(email: str, domains: Collection[str]) -> bool:
    """Whether an address shows that its owner works there: one of the organisation's own domains, not a
    shared one.
    """
    domain = email.rpartition("@")[2].lower()
    return domain in domains and domain not in SHARED_MAIL_DOMAINS


def why_not_start(name: str, taken_by: str | None) -> str | None:
    """Why an organisation cannot be started under a name; `taken_by` is the one that has it, or None."""
    if not name.strip():
        return "Enter the name of your organisation"
    if taken_by:
        return f"{taken_by} is here already. Go back and join it instead"
    return None
