"""What may be seen and when; what needs the organiser; as tables and properties."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from awards.scheme_desk import rules
from awards.scheme_desk.rules import CategoryFigures, Todo
from awards.schemes.rules import Hours
from tests.awards.season import CLOSES, DURING, HOURS, JUDGING_CLOSES, MOMENT, SHORTLIST, WINNERS

ONE = CategoryFigures(
    "wellbeing", "Wellbeing", submitted=3, drafts=2, judges=3, reads=9, reads_done=9, decided=3
)


@pytest.mark.parametrize(
    ("changes", "now", "expected"),
    [
        ({}, DURING, []),
        (
            {"stopped": 7},
            DURING,
            [Todo("stopped", 7, "drafts have stopped for a week and close in 24 days")],
        ),
        ({"stopped": 1}, DURING, [Todo("stopped", 1, "draft has stopped for a week and closes in 24 days")]),
        ({"stopped": 7}, CLOSES, []),
        ({"unconsented": 1}, DURING, [Todo("unconsented", 1, "nomination waits for a guardian's agreement")]),
        (
            {"judges": 0, "reads": 0, "reads_done": 0, "unread": 3, "decided": 0},
            CLOSES,
            [Todo("no_panel", 1, "category has no panel yet")],
        ),
        ({"submitted": 0, "judges": 0, "reads": 0, "reads_done": 0, "decided": 0}, CLOSES, []),
        ({"unread": 2}, CLOSES, [Todo("unread", 2, "entries have nobody to read them yet")]),
        ({"reads_done": 4}, CLOSES, []),
        (
            {"reads_done": 4},
            JUDGING_CLOSES - timedelta(days=2),
            [Todo("unfinished", 5, "reads are not finished, and judging ends in 2 days")],
        ),
        ({"reads_done": 8}, JUDGING_CLOSES, [Todo("unfinished", 1, "read is not finished")]),
        ({"decided": 0}, JUDGING_CLOSES - MOMENT, []),
        ({"decided": 0}, JUDGING_CLOSES, [Todo("undecided", 1, "category has no shortlist yet")]),
        ({"decided": 0, "winners": 0}, SHORTLIST, [Todo("undecided", 1, "category has no shortlist yet")]),
        ({"winners": 0}, SHORTLIST - MOMENT, []),
        ({"winners": 0}, SHORTLIST, [Todo("unwon", 1, "category has no winner yet")]),
        ({"winners": 0}, WINNERS, [Todo("unwon", 1, "category has no winner yet")]),
    ],
)
def test_todos(changes, now, expected):
    """What is due in this phase, and nothing that counts zero."""
    assert rules.todos([replace(ONE, **changes)], HOURS, now) == expected


@pytest.mark.parametrize(
    ("hours", "now", "expected"),
    [
        (
            Hours(HOURS.opens_at, CLOSES),
            DURING,
            "hours are not set: the end of judging, the shortlist and the winners",
        ),
        (replace(HOURS, winners_at=None), DURING, "hour is not set: the winners"),
        (
            replace(HOURS, winners_at=None, judging_closes_at=None),
            SHORTLIST,
            "hours are not set: the end of judging and the winners",
        ),
    ],
)
def test_todos_name_the_hours_that_are_not_set(hours, now, expected):
    """Nothing is announced without its hour, so it is asked for."""
    assert [one.text for one in rules.todos([], hours, now)] == [expected]


@pytest.mark.parametrize(
    ("name", "things", "now", "expected"),
    [
        ("Noor Haddad", 4, DURING, "Good morning, Noor. Four things need you."),
        ("Noor", 1, DURING.replace(hour=11), "Good afternoon, Noor. One thing needs you."),
        ("Noor", 0, DURING.replace(hour=17), "Good evening, Noor. Nothing needs you today."),
        ("", 12, DURING, "Good morning. 12 things need you."),
    ],
)
def test_greeting(name, things, now, expected):
    """At London's hour."""
    assert rules.greeting(name, things, now) == expected


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (DURING, date(2026, 5, 4)),
        (datetime(2026, 5, 4, 23, tzinfo=UTC), date(2026, 5, 4)),
        (CLOSES, date(2026, 5, 28)),
        (WINNERS, date(2026, 5, 29)),
    ],
)
def test_last_full_day(now, expected):
    """Yesterday in London, and never after the day on which entries closed."""
    assert rules.last_full_day(HOURS, now) == expected


def test_chart_words():
    """What is seen, said."""
    monday, tuesday = date(2026, 5, 4), date(2026, 5, 5)
    assert rules.chart_words([1, 22], [2, 17], monday, tuesday) == (
        "22 entries yesterday, against 17 as close to the deadline last year."
    )
    assert rules.chart_words([0, 1], [], monday, date(2026, 6, 1)) == "1 entry on the last day."


def test_in_days():
    """From the earliest to the last, with nothing where nothing came."""
    assert rules.in_days({0: 5, 2: 1, 9: 4}, 4) == [0, 1, 0, 5]
