"""What names and texts are, for comparing them and for addresses. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

MOST_SLUG = 60
_APOSTROPHES = {ord("'"): None, ord("’"): None, ord("‘"): None}


def plain_words(name: str) -> list[str]:
    """The words of a name in plain letters and digits, small and without accents: what two spellings share.

    An apostrophe parts no word, so "St Andrew's" and "St Andrews" are alike; "Dŵr a'r Meddwl" gives dwr, ar
    and meddwl.
    """
    bare = unicodedata.normalize("NFKD", name).casefold().translate(_APOSTROPHES)
    return re.findall(r"[a-z0-9]+", "".join(c for c in bare if not unicodedata.combining(c)))


def slug_of(name: str, otherwise: str) -> str:
    """A name for addresses: "St Andrew's Healthcare" gives "st-andrews-healthcare"; `otherwise` where a name
    has no letter or digit that an address could hold.
    """
    return "-".join(plain_words(name))[:MOST_SLUG].strip("-") or otherwise


def free_slug(wanted: str, taken: Collection[str]) -> str:
    """The slug itself, or with the first number from 2 on that is not taken: "tea", "tea-2", "tea-3"."""
    slug, number = wanted, 2
    while slug in taken:
        slug, number = f"{wanted}-{number}", number + 1
    return slug
