"""What people may tell us that they need, and how it is written down. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import timedelta

MOST_NEEDS = 500
NEEDS_KEPT = timedelta(days=30)

ACCESS = (
    "Step-free access",
    "Hearing loop",
    "BSL interpreter",
    "Large print",
    "Easy Read",
    "A seat near the door",
    "Someone comes with me to support me",
)
DIETARY = ("Vegetarian", "Vegan", "Halal", "Kosher", "Gluten free", "No dairy", "No nuts")


def joined_needs(chosen: Iterable[str], more: str) -> str:
    """The ticked needs and what was written, as one line: "Large print; I use a walking frame"."""
    return "; ".join([*chosen, *([" ".join(more.split())] if more.strip() else [])])


def needs_told_apart(text: str) -> list[str]:
    """The single needs of such a line."""
    return [part for part in text.split("; ") if part]


def how_often(lines: Sequence[str]) -> list[tuple[str, int]]:
    """How many people noted each need, the commonest first, then by name."""
    counted = Counter(need for line in lines for need in needs_told_apart(line))
    return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
