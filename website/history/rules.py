"""The history's lines in words."""

from __future__ import annotations

import re
from datetime import datetime

from base.display import day_and_time, sentence_list

_KEY = re.compile(r"[a-z]+(_[a-z]+)+")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d.*(\+\d\d:\d\d|Z)")


def words_of(what: str) -> str:
    """What was done, in words: "entries.submit_entry" gives "submit entry" with a capital letter."""
    words = what.rpartition(".")[2].replace("_", " ")
    return words[:1].upper() + words[1:]


def value_in_words(value: object) -> str:
    """What a field held, as people say it: nothing, yes and no, a day and time instead of what is stored."""
    if value is None or value == "":
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return sentence_list([value_in_words(one) for one in value]) or "nothing"
    text = str(value)
    if _MOMENT.fullmatch(text):
        return day_and_time(datetime.fromisoformat(text))
    return text.replace("_", " ") if _KEY.fullmatch(text) else text
