"""Lists in pages: what an address asks for, and the part of the list that is shown.

    ?page=2&words=sun&sort=newest&state=placed

A view says what may be asked, a query gives the part, templates/components/pages.html draws the rest:

    asked = pages.asked(request.args, sorts=SORTS, filters={"state": STATES})
    page = queries.registrations_of(event.event_id, asked)        # inside: return asked.part(total, rows)
    return render_template("...", page=page)

What makes no sense in an address is left out of account: an unknown sort or filter, a page that is no number.
A page after the last shows the last. `asked.everything` is the same list in one piece, for a file.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import ceil
from typing import Generic, TypeVar
from urllib.parse import urlencode

from base.display import number, plural
from base.typed_dates import tidy

PER_PAGE, MOST_WORDS = 50, 100
# More digits than any list has pages; what is longer is not even read as a number.
MOST_DIGITS = 9

Row = TypeVar("Row")


@dataclass(frozen=True)
class Asked:
    """What an address asks of a list.

    `words` is what is searched for, `sort` one of the list's orders ("" where it has one only), `filters` the
    choice of each filter that is set. `usual_sort` is the order without a choice; 0 `per_page` is everything.
    """

    page: int = 1
    words: str = ""
    sort: str = ""
    filters: Mapping[str, str] = field(default_factory=dict)
    usual_sort: str = ""
    per_page: int = PER_PAGE

    @property
    def narrowed(self) -> bool:
        """Whether a search or a filter leaves something out."""
        return bool(self.words or self.filters)

    @property
    def everything(self) -> Asked:
        """The same search, order and filters in one piece."""
        return replace(self, page=1, per_page=0)

    def fields(self) -> dict[str, str]:
        """What an address or a form says to ask the same, the page left out."""
        said = {"words": self.words, **self.filters}
        if self.sort != self.usual_sort:
            said["sort"] = self.sort
        return {name: value for name, value in said.items() if value}

    def link(self, page: int = 1, **changed: str) -> str:
        """The address of another part of this list, relative to its page: "?page=3&words=sun".

        `changed` are a sort or filters to choose instead; "" takes one away.
        """
        filters = {**self.filters, **{name: value for name, value in changed.items() if name != "sort"}}
        asked = replace(self, filters=filters, sort=changed.get("sort", self.sort))
        fields = asked.fields()
        # Something has to stand there: "?" alone means the whole list to a browser, but not to every program.
        return "?" + urlencode({"page": str(page), **fields} if page > 1 or not fields else fields)

    def part(self, total: int, rows: Callable[[int, int], Sequence[Row]]) -> Page[Row]:
        """The part that is shown of a list of `total` rows.

        `rows` takes how many to skip and how many to give; it is not called where there is nothing.
        """
        size = self.per_page or max(total, 1)
        pages = max(1, ceil(total / size))
        here = min(self.page, pages)
        skipped = (here - 1) * size
        return Page(self, total, here, pages, skipped, tuple(rows(skipped, size)) if total else ())


@dataclass(frozen=True)
class Page(Generic[Row]):
    """A part of a list: its rows, how many rows the whole has, and which page of how many it is."""

    asked: Asked
    total: int
    number: int
    pages: int
    skipped: int
    rows: tuple[Row, ...]

    def said(self, one: str, many: str | None = None) -> str:
        """What is shown of how much: "41 to 80 of 2,013 entries with “sun”", "12 entries", "No entries"."""
        counted = plural(self.total, one, many) if self.total else f"No {many or one + 's'}"
        if self.pages > 1:
            last = self.skipped + len(self.rows)
            counted = f"{number(self.skipped + 1)} to {number(last)} of {counted}"
        return f"{counted} with “{self.asked.words}”" if self.asked.words else counted


def asked(
    given: Mapping[str, str],
    sorts: Collection[str] = (),
    filters: Mapping[str, Collection[str]] | None = None,
    per_page: int = PER_PAGE,
) -> Asked:
    """What an address (`request.args`) or a form asks of a list.

    `sorts` are the list's orders, the usual one first; `filters` are {name: the values that it may have}.
    """
    usual = next(iter(sorts), "")
    return Asked(
        page=_page(given.get("page", "")),
        words=" ".join(str(tidy(given.get("words", ""))).split())[:MOST_WORDS],
        sort=given["sort"] if given.get("sort") in sorts else usual,
        filters={name: given[name] for name, values in (filters or {}).items() if given.get(name) in values},
        usual_sort=usual,
        per_page=per_page,
    )


def _page(typed: str) -> int:
    """The number of a page; 1 for what is none."""
    if not (typed.isascii() and typed.isdigit()):
        return 1
    return max(1, int(typed[:MOST_DIGITS])) if len(typed) <= MOST_DIGITS else 10**MOST_DIGITS
