"""Names and addresses of people."""

from __future__ import annotations

import re
from datetime import timedelta

from base.display import YEAR
from base.errors import Refusal

MOST_NAME = 80
MOST_EMAIL = 254
# Since somebody last signed in or was invited to something.
KEPT = 3 * YEAR
SINCE = "after last use"
# How often "last use" is written down at most: a sign-in lasts longer.
USE_NOTED = timedelta(days=1)
FORGOTTEN_NAME = "Somebody who has left"
FORGOTTEN_DOMAIN = "forgotten.invalid"  # a domain that no mail can reach


def tidy_email(address: str) -> str:
    """The one spelling of an address that we keep: no spaces around it, lower case."""
    return address.strip().lower()


def tidy_name(name: str) -> str:
    """A name with single spaces, whatever was typed between its parts."""
    return re.sub(r"\s+", " ", name).strip()[:MOST_NAME].strip()


def why_not_be_called(name: str) -> Refusal | None:
    """Why nobody can be called by this tidied name."""
    return None if name else Refusal("Enter the name you want others here to see", "name")


def forgotten_email(person_id: int) -> str:
    """What stands instead of an address once its owner is forgotten; unlike for each."""
    return f"{person_id}@{FORGOTTEN_DOMAIN}"


def name_from_email(address: str) -> str:
    """A first guess at a name ("maya.collins@…" gives "Maya Collins"), which its owner can change."""
    local = address.partition("@")[0]
    return " ".join(part.capitalize() for part in re.split(r"[._-]+", local) if part)[:MOST_NAME]
