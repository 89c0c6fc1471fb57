"""Filling in a form as a person does, by what the fields are called; used by tests/page.py."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any

from lxml.etree import _Element as Element

from base.display import local
from base.typed_dates import show_time
from tests.page_checks import words

HIDDEN = "nhsuk-u-visually-hidden"
CHOICES = ("radio", "checkbox")


def _parts(value: Any) -> list[str]:
    """A date or moment as the inputs of a date take it: day, month, year and, for a moment, the time."""
    if isinstance(value, datetime):
        at = local(value)
        return [str(at.day), str(at.month), str(at.year), show_time(at.time())]
    if isinstance(value, date):
        return [str(value.day), str(value.month), str(value.year)]
    return str(value).split(" ")


class Filled:
    """One form with what it holds, and what a person puts into it."""

    def __init__(self, page: Element, form: Element) -> None:
        ident = form.get("id")
        # Of buttons only the pressed one sends anything.
        apart = page.xpath("//*[@form=$id][not(self::button)]", id=ident) if ident else []
        self.page, self.form = page, form
        self.files: dict[str, tuple[bytes, str]] = {}
        self.fields = [*form.iter("input", "select", "textarea"), *apart]

    def _names(self, field: Element) -> set[str]:
        """What a field may be called: its label with and without hidden words, or its aria name."""
        names = {field.get("aria-label") or ""}
        for label in self.page.xpath("//label[@for=$id]", id=field.get("id") or "-"):
            names |= {words(label), words(label, HIDDEN)}
        for label in field.iterancestors("label"):
            names.add(words(label))
        return names - {""}

    def _in_group(self, legend: str) -> list[Element]:
        """The fields of the fieldset with this legend."""
        return [
            one
            for one in self.fields
            for group in one.iterancestors("fieldset")
            if any(legend in (words(head), words(head, HIDDEN)) for head in group.findall("legend"))
        ]

    def put(self, called: str, value: Any) -> None:
        """Put a value into what is called so; LookupError lists what there is instead."""
        named = [one for one in self.fields if called in self._names(one)]
        group = self._in_group(called)
        if len(named) == 1:
            self._put_one(named[0], value)
        elif group and all(one.get("type") in CHOICES for one in group):
            self._choose(group, called, value)
        elif group:
            self._spread(group, called, value)
        else:
            names = sorted(name for one in self.fields for name in self._names(one))
            legends = sorted({words(one) for one in self.form.iter("legend")})
            raise LookupError(
                f"{len(named)} fields are called {called!r}. Labels: {names}. Legends: {legends}."
            )

    def _put_one(self, field: Element, value: Any) -> None:
        """Type, tick or pick in one field."""
        if field.get("type") in CHOICES:
            self._tick(field, bool(value))
        elif field.tag == "select":
            self._pick(field, value)
        elif field.tag == "textarea":
            field.text = str(value)
        elif field.get("type") == "file":
            self.files[field.get("name", "")] = value
        else:
            field.set("value", str(value))

    def _tick(self, box: Element, on: bool) -> None:
        """Tick or clear a box; a radio that is ticked clears its sisters."""
        if on and box.get("type") == "radio":
            for sister in self.fields:
                if sister.get("name") == box.get("name"):
                    sister.attrib.pop("checked", None)
        if on:
            box.set("checked", "")
        else:
            box.attrib.pop("checked", None)

    def _pick(self, field: Element, value: Any) -> None:
        """Pick the option that says (or is) the value."""
        options = list(field.iter("option"))
        found = [one for one in options if str(value) in (words(one), one.get("value"))]
        if len(found) != 1:
            raise LookupError(f"{len(found)} options are {value!r}: {[words(one) for one in options]}")
        for one in options:
            one.attrib.pop("selected", None)
        found[0].set("selected", "")

    def _choose(self, group: list[Element], legend: str, value: Any) -> None:
        """Tick the radios or boxes of a group that are called so, and no others."""
        wanted = [str(one) for one in (value if isinstance(value, (list, tuple, set)) else [value])]
        for one in group:
            one.attrib.pop("checked", None)
        for name in wanted:
            found = [one for one in group if name in self._names(one)]
            if len(found) != 1:
                there = sorted(name for one in group for name in self._names(one))
                raise LookupError(f"{len(found)} choices of {legend!r} are called {name!r}: {there}")
            if found[0].get("disabled") is not None:
                raise LookupError(f"The choice {name!r} of {legend!r} cannot be made.")
            self._tick(found[0], on=True)

    def _spread(self, group: list[Element], legend: str, value: Any) -> None:
        """Put the parts of a date into its inputs; fewer parts leave the last ones empty."""
        parts = _parts(value)
        if len(parts) > len(group):
            raise LookupError(f"{legend!r} has {len(group)} parts, not {len(parts)}: {parts}")
        for place, one in enumerate(group):
            one.set("value", parts[place] if place < len(parts) else "")

    def data(self, button: Element) -> dict[str, Any]:
        """What a browser would send when this button is pressed."""
        sent: dict[str, list[Any]] = {}
        for field in self.fields:
            name, kind = field.get("name"), field.get("type")
            if not name or field.get("disabled") is not None:
                continue
            if field.tag == "select":
                sent.setdefault(name, []).extend(_picked(field))
            elif field.tag == "textarea":
                sent.setdefault(name, []).append(_crlf(field.text or ""))
            elif kind == "file":
                content, called = self.files.get(name, (b"", ""))
                sent.setdefault(name, []).append((io.BytesIO(content), called))
            elif kind not in CHOICES or field.get("checked") is not None:
                sent.setdefault(name, []).append(field.get("value", "on" if kind in CHOICES else ""))
        if button.get("name"):
            sent.setdefault(str(button.get("name")), []).append(button.get("value", ""))
        return dict(sent)


def _picked(field: Element) -> list[str]:
    """The values that a list sends: what is selected, else (where only one can be) the first."""
    options = list(field.iter("option"))
    chosen = [one for one in options if one.get("selected") is not None]
    if not chosen and field.get("multiple") is None:
        chosen = options[:1]
    return [one.get("value", words(one)) for one in chosen]


def _crlf(text: str) -> str:
    """A text of several lines as browsers send it."""
    return text.replace("\r\n", "\n").replace("\n", "\r\n")
