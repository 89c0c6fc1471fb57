"""Lists in pages: what is asked, which part is shown, and what links to other parts say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from base.pages import MOST_WORDS, PER_PAGE, Asked, asked

SORTS = ("name", "newest")
STATES = {"state": ("placed", "waiting"), "category": ("arts",)}


def numbers(skipped: int, most: int) -> list[int]:
    """The rows of a list of numbers."""
    return list(range(skipped, skipped + most))


def of(total: int, skipped: int, most: int) -> list[int]:
    """The rows of a list of so many numbers."""
    return list(range(total))[skipped : skipped + most]


def part(total: int, **how):
    return Asked(**how).part(total, lambda skipped, most: of(total, skipped, most))


def test_what_an_address_says_is_taken():
    found = asked({"page": "3", "words": " the  sun ", "sort": "newest", "state": "waiting"}, SORTS, STATES)
    assert (found.page, found.words, found.sort, found.filters) == (
        3,
        "the sun",
        "newest",
        {"state": "waiting"},
    )


@pytest.mark.parametrize("typed", ["", "0", "-1", "x", "٣", "1e3", "2.5", " 2", "\x00"])
def test_what_is_no_page_is_the_first(typed):
    assert asked({"page": typed}).page == 1


def test_what_makes_no_sense_is_left_out_of_account():
    found = asked({"sort": "size", "state": "gone", "words": "a\x00b", "other": "x"}, SORTS, STATES)
    assert (found.sort, found.filters, found.words) == ("name", {}, "ab")
    assert len(asked({"words": "x" * 5000}).words) == MOST_WORDS
    assert asked({"sort": "name"}).sort == ""


@pytest.mark.parametrize(
    ("page", "number", "first", "last"),
    [(1, 1, 0, 50), (2, 2, 50, 50), (3, 3, 100, 1), (4, 3, 100, 1), (10**20, 3, 100, 1)],
)
def test_a_page_after_the_last_shows_the_last(page, number, first, last):
    shown = part(101, page=page)
    assert (shown.number, shown.pages, shown.rows[0], len(shown.rows)) == (number, 3, first, last)


def test_twenty_digits_show_the_last_page():
    assert asked({"page": "9" * 20}).part(101, numbers).number == 3


@pytest.mark.parametrize(("total", "pages"), [(0, 1), (1, 1), (50, 1), (51, 2), (100, 2), (101, 3)])
def test_how_many_pages_there_are(total, pages):
    assert part(total).pages == pages


def test_nothing_is_asked_for_where_there_is_nothing():
    def never(skipped: int, most: int) -> list[int]:
        raise AssertionError("asked for rows")

    shown = Asked(page=7).part(0, never)
    assert (shown.rows, shown.number, shown.pages) == ((), 1, 1)


@pytest.mark.parametrize(
    ("total", "page", "words", "said"),
    [
        (0, 1, "", "No entries"),
        (1, 1, "", "1 entry"),
        (50, 1, "", "50 entries"),
        (2013, 1, "", "1 to 50 of 2,013 entries"),
        (2013, 41, "", "2,001 to 2,013 of 2,013 entries"),
        (51, 2, "sun", "51 to 51 of 51 entries with “sun”"),
        (0, 1, "sun", "No entries with “sun”"),
    ],
)
def test_how_much_is_shown_in_words(total, page, words, said):
    assert part(total, page=page, words=words).said("entry", "entries") == said


def test_links_keep_search_order_and_filters():
    found = Asked(4, "a&b", "newest", {"state": "waiting"}, "name")
    assert found.link(5) == "?page=5&words=a%26b&state=waiting&sort=newest"
    assert found.link() == "?words=a%26b&state=waiting&sort=newest"
    assert found.link(sort="name") == "?words=a%26b&state=waiting"
    assert found.link(state="") == "?words=a%26b&sort=newest"
    assert found.link(category="arts") == "?words=a%26b&state=waiting&category=arts&sort=newest"
    assert Asked().link() == "?page=1"


def test_narrowed_is_what_leaves_something_out():
    narrowed = [Asked(), Asked(page=2, sort="newest"), Asked(words="x"), Asked(filters={"state": "in"})]
    assert [one.narrowed for one in narrowed] == [False, False, True, True]


def test_everything_is_one_page_in_the_same_order():
    shown = Asked(3, "x", "newest", {"state": "in"}).everything.part(1234, numbers)
    assert (len(shown.rows), shown.pages, shown.asked.sort, shown.asked.words) == (1234, 1, "newest", "x")


@given(st.integers(0, 400), st.integers(1, 20))
def test_all_pages_together_are_the_list(total, per_page):
    first = part(total, per_page=per_page)
    found = [
        row for page in range(1, first.pages + 1) for row in part(total, page=page, per_page=per_page).rows
    ]
    assert found == list(range(total))


def test_a_page_holds_fifty():
    assert (PER_PAGE, len(part(500).rows)) == (50, 50)
