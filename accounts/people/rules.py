"""Names and addresses of people."""

from __future__ import annotations

import re

from base.errors import Refusal

MOST_NAME = 80
MOST_EMAIL = 254


def tidy_email(address: str) -> str:
    """The one spelling of an address that we keep: no spaces around it, lower case."""
    return address.strip().lower()


def tidy_name(name: str) -> str:
    """A name with single spaces, whatever was typed between its parts."""
    return re.sub(r"\s+", " ", name).strip()[:MOST_NAME].strip()


def why_not_be_called(name: str) -> Refusal | None:
    """Why nobody can be called by this tidied name."""
    return None if name else Refusal("Enter the name you want others here to see", "name")


def name_from_email(address: str) -> str:
    """A first guess at a name ("maya.collins@…" gives "Maya Collins"), which its owner can change."""
    local = address.partition("@")[0]
    return " ".join(part.capitalize() for part in re.split(r"[._-]+", local) if part)[:MOST_NAME]
