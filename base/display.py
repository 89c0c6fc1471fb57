"""How dates, numbers and texts are said to people. Pure: plain values in, words out.

Moments come in as aware datetimes (any zone) and are said in Europe/London, the way people there say them:
"Thursday 8 October", "6.30pm", "9am to 4.30pm", "24 days left". Nothing here reads a clock: `now` is an
argument. `website/templating.py` gives most of these to the templates as filters of the same name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from math import ceil
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
WORDS_A_MINUTE = 200
YEAR = timedelta(days=365, hours=6)
_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")

# What parts two words: white space as Unicode has it, the zero width space and the long dashes that stand
# between clauses. A hyphen, an apostrophe, a slash or an en dash ("2019-2021") joins. static/js/words.js
# has the same class, and tests/base/word_count_cases.json is counted by both.
_BETWEEN_WORDS = re.compile(
    "[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u3000\ufeff\u2014\u2015]+"
)


def local(when: datetime) -> datetime:
    """The same moment on a clock in London; raises ValueError for a datetime without a zone."""
    if when.tzinfo is None:
        raise ValueError("A datetime without a time zone cannot be shown.")
    return when.astimezone(LONDON)


def _date(when: date | datetime) -> date:
    """The London date of a moment, or the date itself."""
    return local(when).date() if isinstance(when, datetime) else when


def day(when: date | datetime) -> str:
    """ "Thursday 8 October"."""
    at = _date(when)
    return f"{at:%A} {at.day} {at:%B}"


def day_year(when: date | datetime) -> str:
    """ "Thursday 8 October 2026"."""
    return f"{day(when)} {_date(when).year}"


def short_day(when: date | datetime) -> str:
    """ "8 October 2026", where the day of the week does not matter."""
    at = _date(when)
    return f"{at.day} {at:%B} {at.year}"


def clock_time(when: datetime) -> str:
    """ "9am", "6.30pm", "midday", "midnight"."""
    at = local(when)
    if at.minute == 0 and at.hour in (0, 12):
        return "midday" if at.hour else "midnight"
    minutes = f".{at.minute:02}" if at.minute else ""
    return f"{at.hour % 12 or 12}{minutes}{'am' if at.hour < 12 else 'pm'}"


def day_and_time(when: datetime) -> str:
    """ "Thursday 8 October, 6.30pm"."""
    return f"{day(when)}, {clock_time(when)}"


def time_range(start: datetime, end: datetime) -> str:
    """ "9am to 4.30pm"; where the end is on another day, that day is named too."""
    last = clock_time(end) if _date(start) == _date(end) else day_and_time(end)
    return f"{clock_time(start)} to {last}"


def day_range(first: date | datetime, last: date | datetime) -> str:
    """ "Thursday 8 October", or "Thursday 8 to Friday 9 October" where they differ."""
    start, end = _date(first), _date(last)
    if start == end:
        return day(start)
    same_month = (start.year, start.month) == (end.year, end.month)
    return f"{start:%A} {start.day} to {day(end)}" if same_month else f"{day(start)} to {day(end)}"


def machine_time(when: date | datetime) -> str:
    """What `<time datetime>` holds: "2026-10-08" for a date, "2026-10-08T18:30+01:00" for a moment."""
    if isinstance(when, datetime):
        return local(when).isoformat(timespec="minutes")
    return when.isoformat()


def _distance(gap: timedelta, today: date, other: date) -> str:
    """A length of time in its one natural unit: minutes, hours, days, then weeks."""
    minutes = ceil(gap.total_seconds() / 60)
    if minutes < 60:
        return plural(max(minutes, 1), "minute")
    if gap < timedelta(hours=24) or today == other:
        return plural(int(gap.total_seconds() // 3600), "hour")
    days = abs((other - today).days)
    if days < 14 or (days % 7 and days < 28):
        return plural(days, "day")
    return plural(round(days / 7), "week")


def left(until: datetime, now: datetime) -> str:
    """How long there still is: "24 days left", "3 hours left", "time is up".

    Always days for more than a day.
    """
    gap = until - now
    if gap <= timedelta(0):
        return "time is up"
    days = (_date(until) - _date(now)).days
    words = plural(days, "day") if gap >= timedelta(hours=24) else _distance(gap, _date(now), _date(until))
    return f"{words} left"


def ago_or_in(when: datetime, now: datetime) -> str:
    """How far off a moment is: "in 3 weeks", "tomorrow", "now", "yesterday", "2 days ago"."""
    gap, apart = abs(when - now), (_date(when) - _date(now)).days
    if gap < timedelta(minutes=1):
        return "now"
    if abs(apart) == 1 and gap >= timedelta(hours=6):
        return "tomorrow" if apart > 0 else "yesterday"
    words = _distance(gap, _date(now), _date(when))
    return f"in {words}" if when > now else f"{words} ago"


def plural(count: int, one: str, many: str | None = None) -> str:
    """ "1 place", "2 places", "1,200 entries" (give `many` where adding an s is wrong)."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def how_long(time: timedelta) -> str:
    """ "30 days", or "6 years" where it is a whole number of YEAR."""
    if time >= YEAR and not time % YEAR:
        return plural(time // YEAR, "year")
    return plural(time.days, "day")


def count_in_words(count: int) -> str:
    """ "no", "one" to "nine", then figures: "10", "1,200"."""
    return _SMALL[count] if 0 <= count < len(_SMALL) else f"{count:,}"


def number(value: int) -> str:
    """A whole number with its thousands parted: "1,200"."""
    return f"{value:,}"


def sentence_list(items: Iterable[str], last: str = "and") -> str:
    """ "a", "a and b", "a, b and c"; empty for nothing."""
    parts = list(items)
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"


def capital(text: str) -> str:
    """The text with its first letter large and the rest as it is."""
    return text[:1].upper() + text[1:]


def word_count(text: str | None) -> int:
    """How many words a text has: what stands between spaces or long dashes and holds a letter or a figure.

    "well-being", "don't", "and/or" and "2019-2021" are one word each; a dash, an emoji or dots alone are
    none. The browser counts the same way (static/js/words.js).
    """
    return sum(
        any(unicodedata.category(sign)[0] in "LN" for sign in part)
        for part in _BETWEEN_WORDS.split(text or "")
    )


def reading_minutes(words: int) -> int:
    """How many minutes reading that many words takes, at least one."""
    return max(1, ceil(words / WORDS_A_MINUTE))


def paragraphs(text: str | None) -> list[list[str]]:
    """A typed text as paragraphs of lines: an empty line parts paragraphs, a single new line stays a line."""
    blocks = re.split(r"(?:\n[ \t]*){2,}", (text or "").strip())
    return [[line.strip() for line in block.split("\n")] for block in blocks if block.strip()]
