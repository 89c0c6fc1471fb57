"""The history's lines in words."""

from __future__ import annotations


def words_of(what: str) -> str:
    """What was done, in words: "entries.submit_entry" gives "submit entry" with a capital letter."""
    words = what.rpartition(".")[2].replace("_", " ")
    return words[:1].upper() + words[1:]
