"""Dates, numbers and texts as people say them."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from base import display

ROOT = Path(__file__).resolve().parents[2]
CASES = json.loads((Path(__file__).parent / "word_count_cases.json").read_text())
NOW = datetime(2026, 5, 5, 8, 0, tzinfo=UTC)  # 9am in London, a Tuesday


def at(month: int, day: int, hour: int = 12, minute: int = 0) -> datetime:
    """A moment of 2026 in UTC."""
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def test_days_are_those_of_london() -> None:
    late = datetime(2026, 10, 7, 23, 30, tzinfo=UTC)  # half past midnight, summer time
    assert (display.day(late), display.day_year(late), display.short_day(late)) == (
        "Thursday 8 October",
        "Thursday 8 October 2026",
        "8 October 2026",
    )
    assert display.day(date(2026, 1, 1)) == "Thursday 1 January"


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (at(1, 8, 9), "9am"),
        (at(1, 8, 18, 30), "6.30pm"),
        (at(7, 8, 17, 5), "6.05pm"),
        (at(1, 8, 12), "midday"),
        (at(1, 8, 0), "midnight"),
        (at(1, 8, 12, 15), "12.15pm"),
        (at(1, 8, 0, 1), "12.01am"),
        (at(1, 8, 23, 59), "11.59pm"),
    ],
)
def test_times(when: datetime, said: str) -> None:
    assert display.clock_time(when) == said


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without a time zone"):
        display.clock_time(datetime(2026, 1, 1))


def test_ranges() -> None:
    assert display.time_range(at(9, 17, 8), at(9, 17, 15, 30)) == "9am to 4.30pm"
    assert display.time_range(at(9, 17, 20), at(9, 18, 0)) == "9pm to Friday 18 September, 1am"
    assert display.day_and_time(at(10, 8, 17, 30)) == "Thursday 8 October, 6.30pm"
    assert display.day_range(at(10, 8), at(10, 8, 20)) == "Thursday 8 October"
    assert display.day_range(date(2026, 10, 8), date(2026, 10, 9)) == "Thursday 8 to Friday 9 October"
    assert (
        display.day_range(date(2026, 9, 30), date(2026, 10, 1))
        == "Wednesday 30 September to Thursday 1 October"
    )


def test_what_machines_read() -> None:
    assert display.machine_time(at(10, 8, 17, 30)) == "2026-10-08T18:30+01:00"
    assert display.machine_time(date(2026, 10, 8)) == "2026-10-08"


@pytest.mark.parametrize(
    ("until", "said"),
    [
        (NOW + timedelta(days=24, hours=8), "24 days left"),
        (NOW + timedelta(days=1), "1 day left"),
        (NOW + timedelta(hours=23, minutes=59), "23 hours left"),
        (NOW + timedelta(hours=1), "1 hour left"),
        (NOW + timedelta(minutes=59), "59 minutes left"),
        (NOW + timedelta(seconds=1), "1 minute left"),
        (NOW, "time is up"),
        (NOW - timedelta(days=1), "time is up"),
        (NOW + timedelta(days=70), "70 days left"),
    ],
)
def test_what_is_left(until: datetime, said: str) -> None:
    assert display.left(until, NOW) == said


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (NOW + timedelta(weeks=3), "in 3 weeks"),
        (NOW + timedelta(days=17), "in 17 days"),
        (NOW + timedelta(days=60), "in 9 weeks"),
        (NOW + timedelta(days=1), "tomorrow"),
        (NOW - timedelta(days=1), "yesterday"),
        (NOW - timedelta(days=2), "2 days ago"),
        (NOW + timedelta(hours=3), "in 3 hours"),
        (NOW - timedelta(minutes=5), "5 minutes ago"),
        (NOW + timedelta(seconds=30), "now"),
    ],
)
def test_how_far_off(when: datetime, said: str) -> None:
    assert display.ago_or_in(when, NOW) == said


def test_counts() -> None:
    assert [display.plural(n, "place") for n in (0, 1, 2, 1200)] == [
        "0 places",
        "1 place",
        "2 places",
        "1,200 places",
    ]
    assert display.plural(2, "entry", "entries") == "2 entries"
    assert [display.count_in_words(n) for n in (0, 1, 9, 10, 1200)] == ["no", "one", "nine", "10", "1,200"]
    assert display.number(1200) == "1,200"
    assert display.capital("iOS") == "IOS"


def test_lists_in_a_sentence() -> None:
    assert [display.sentence_list(list(letters)) for letters in ("", "a", "ab", "abc")] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]
    assert display.sentence_list(["a", "b"], "or") == "a or b"


@pytest.mark.parametrize("case", CASES, ids=[repr(case["text"])[:30] for case in CASES])
def test_words_are_counted(case: dict[str, object]) -> None:
    assert display.word_count(str(case["text"])) == case["words"]


# On a bare machine node comes from a Python package, beside this Python.
NODE = shutil.which("node") or shutil.which("node", path=f"{sys.prefix}/bin")


@pytest.mark.skipif(NODE is None, reason="there is no node")
def test_the_browser_counts_words_as_the_server_does() -> None:
    done = subprocess.run(
        [str(NODE), "--test", *sorted(map(str, (ROOT / "static" / "js").glob("*.test.*")))],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


@given(st.text(), st.text())
def test_two_texts_apart_have_the_words_of_both(one: str, other: str) -> None:
    assert display.word_count(f"{one} {other}") == display.word_count(one) + display.word_count(other)


def test_reading_takes_a_minute_at_least() -> None:
    assert [display.reading_minutes(words) for words in (0, 200, 201, 1000)] == [1, 1, 2, 5]


def test_typed_texts_become_paragraphs_of_lines() -> None:
    assert display.paragraphs("One\nstill one\n\n  \nTwo \n") == [["One", "still one"], ["Two"]]
    assert (display.paragraphs(""), display.paragraphs(None)) == ([], [])


@pytest.mark.parametrize(
    ("time", "said"),
    [
        (timedelta(days=1), "1 day"),
        (timedelta(days=30), "30 days"),
        (timedelta(days=365), "365 days"),
        (display.YEAR, "1 year"),
        (6 * display.YEAR, "6 years"),
        (display.YEAR + timedelta(days=1), "366 days"),
    ],
)
def test_how_long(time, said):
    """Years where it is whole years, which keeps promises short."""
    assert display.how_long(time) == said
