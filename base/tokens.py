"""Secrets in links and codes: random, kept as hashes only."""

from __future__ import annotations

import hashlib
import secrets

# No vowels and no look-alikes: a reference can be read out on the telephone and spells nothing.
LETTERS = "23456789BCDFGHJKLMNPQRSTVWXZ"


def make_token() -> str:
    """A fresh token of 192 random bits for a link or a cookie."""
    return secrets.token_urlsafe(24)


def hash_of(purpose: str, token: str) -> str:
    """What is stored instead of a token: SHA-256 bound to its purpose (hex)."""
    return hashlib.sha256(f"{purpose}:{token}".encode()).hexdigest()


def make_code() -> str:
    """A fresh sign-in code: six digits."""
    return f"{secrets.randbelow(1_000_000):06d}"


def make_reference(prefix: str, length: int = 4) -> str:
    """A fresh reference such as PPMH-7K4Q; not secret, and unique only once the database has agreed."""
    return f"{prefix}-" + "".join(secrets.choice(LETTERS) for _ in range(length))


def make_serial() -> str:
    """A fresh certificate serial: 80 random bits in 17 letters and digits, in groups (7K4QB-…)."""
    letters = "".join(secrets.choice(LETTERS) for _ in range(17))
    return "-".join((letters[:5], letters[5:11], letters[11:]))
