"""Names of organisations, and who gets in without asking."""

from __future__ import annotations

from collections.abc import Collection

from base.errors import Refusal
from base.text import plain_words

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
# Somebody who is not let in has no row.
MOVES: dict[str, set[str]] = {"asked": {"member"}, "member": set()}
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
# Words that are pages of their own below /organisations.
TAKEN_SLUGS = frozenset({"start"})


def name_key(name: str) -> str:
    """What two spellings of one organisation's name share: letters and digits, no accents, no small words."""
    words = plain_words(name.replace("&", " and "))
    return " ".join(word for word in words if word not in _SMALL_WORDS) or " ".join(name.casefold().split())


def proves_membership(email: str, domains: Collection[str]) -> bool:
    """Whether an address shows that its owner works there: one of the organisation's own domains, not a
    shared one.
    """
    domain = email.rpartition("@")[2].lower()
    return domain in domains and domain not in SHARED_MAIL_DOMAINS


def why_not_start(name: str, taken_by: str | None) -> Refusal | None:
    """Why an organisation cannot be started under a name; `taken_by` is the one that has it, or None."""
    if not name.strip():
        return Refusal("Enter the name of your organisation", "name")
    if taken_by:
        return Refusal(f"{taken_by} is here already. Go back and join it instead", "name")
    return None
