"""Dates and times as people type them: in parts, with times like "6.30pm", in London."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from wtforms.fields import Field
from wtforms.utils import unset_value

from base.display import LONDON, local

_CONTROLS = {code: None for code in range(32) if chr(code) not in "\t\n"}


def tidy(text: Any) -> Any:
    """A typed text without control characters, one kind of line ending, no blanks at its ends."""
    if not isinstance(text, str):
        return text
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_CONTROLS).strip()


_TIME = re.compile(r"(\d{1,2})(?:[.:h]?(\d{2}))?\s*(am|pm|a\.m\.|p\.m\.)?", re.IGNORECASE)


def read_time(text: str) -> time:
    """A time as people type it: "9am", "6.30pm", "6:30 pm", "18:30", "midday".

    ValueError says what to type.
    """
    plain = text.strip().lower()
    if plain in ("midday", "noon", "midnight"):
        return time(0 if plain == "midnight" else 12)
    found = _TIME.fullmatch(plain)
    help_text = "Enter a time, like 9am or 6.30pm"
    if not found or not (found[2] or found[3]):
        raise ValueError(help_text)
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "")[:1]
    if half:
        if not 1 <= hour <= 12:
            raise ValueError(help_text)
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or minute > 59:
        raise ValueError(help_text)
    return time(hour, minute)


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def read_date(day: str, month: str, year: str) -> date:
    """A date from its three parts; the month may be a name. ValueError says which part to correct."""
    for part, name in ((day, "day"), (month, "month"), (year, "year")):
        if not part:
            raise ValueError(f"Add the {name} to the date")
    month_number = _MONTHS.index(month[:3].lower()) + 1 if month[:3].lower() in _MONTHS else month
    try:
        found = date(int(year), int(month_number), int(day))
    except (ValueError, OverflowError):
        raise ValueError("Enter a real date, like 8 10 2026") from None
    if not 1900 <= found.year <= 2200:
        raise ValueError("Enter the year with four figures, like 2026")
    return found


class PartsField(Field):
    """A field typed in several small inputs, named "<name>-<part>".

    `parts` holds (key, label, width) of each.
    """

    parts: Sequence[tuple[str, str, int]] = ()
    data: Any

    def read(self, typed: dict[str, str]) -> Any:
        """The value of what was typed; ValueError with a message for the person."""
        raise NotImplementedError

    def show(self, value: Any) -> dict[str, str]:
        """What stands in each part for a value."""
        raise NotImplementedError

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        """Take the value from what was sent, else from the object or the default."""
        super().process(None, data, extra_filters)
        self.typed = self.show(self.data) if self.data is not None else {key: "" for key, _, _ in self.parts}
        if formdata is None:
            return
        self.typed = {key: tidy(formdata.get(f"{self.name}-{key}", ""))[:20] for key, _, _ in self.parts}
        self.raw_data = ["".join(self.typed.values())]
        self.data = None
        if self.raw_data[0]:
            try:
                self.data = self.read(self.typed)
            except ValueError as wrong:
                self.process_errors.append(str(wrong))

    def inputs(self) -> list[dict[str, Any]]:
        """What the macro draws: id, name, label, width and value of each part."""
        return [
            {
                "id": f"{self.id}-{key}",
                "name": f"{self.name}-{key}",
                "label": label,
                "width": width,
                "value": self.typed[key],
                "numeric": width < 5,
            }
            for key, label, width in self.parts
        ]


_DATE_PARTS = (("day", "Day", 2), ("month", "Month", 2), ("year", "Year", 4))


class DayField(PartsField):
    """A date in three parts; its value is a `date`."""

    parts = _DATE_PARTS

    def read(self, typed: dict[str, str]) -> date:
        """The date, or ValueError."""
        return read_date(typed["day"], typed["month"], typed["year"])

    def show(self, value: date) -> dict[str, str]:
        """Figures for each part."""
        return {"day": str(value.day), "month": str(value.month), "year": str(value.year)}


def show_time(at: time) -> str:
    """A time as the inputs show it: "9am", "6.30pm", "12am" for midnight."""
    minutes = f".{at.minute:02}" if at.minute else ""
    return f"{at.hour % 12 or 12}{minutes}{'am' if at.hour < 12 else 'pm'}"


class ClockField(PartsField):
    """A time of day; its value is a `time`."""

    parts = (("time", "Time", 5),)

    def read(self, typed: dict[str, str]) -> time:
        """The time, or ValueError."""
        return read_time(typed["time"])

    def show(self, value: time) -> dict[str, str]:
        """The time as typed."""
        return {"time": show_time(value)}


class MomentField(PartsField):
    """A date and a time in London; its value is an aware datetime in UTC."""

    parts = (*_DATE_PARTS, ("time", "Time", 5))

    def read(self, typed: dict[str, str]) -> datetime:
        """The moment, or ValueError. In the hour that occurs twice in October the first one is meant."""
        at = read_date(typed["day"], typed["month"], typed["year"])
        if not typed["time"]:
            raise ValueError("Add the time, like 9am or 6.30pm")
        return datetime.combine(at, read_time(typed["time"]), LONDON).astimezone(UTC)

    def show(self, value: datetime) -> dict[str, str]:
        """Figures for the date and the time as said in London."""
        at = local(value)
        return {
            "day": str(at.day),
            "month": str(at.month),
            "year": str(at.year),
            "time": show_time(at.time()),
        }
