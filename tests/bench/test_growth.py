"""What the table of growing pages says."""

from __future__ import annotations

from bench.growth import Place, Seen, table

LIST, FILE = Place("entries.list", "organiser", "/list"), Place("event.calendar", "visitor", "/file")


def test_the_page_that_grows_most_stands_on_top_and_a_file_is_called_one():
    before = {
        FILE: Seen([2.0], [2.0], 1.0, 2, [0.5], page=False),
        LIST: Seen([10.0, 30.0, 20.0], [20.0], 100.0, 8, [5.0]),
    }
    after = {
        FILE: Seen([4.0], [4.0], 10.0, 2, [0.5], page=False),
        LIST: Seen([60.0], [60.0], 900.0, 8, [40.0]),
    }
    _, first, second = table(before, after).splitlines()
    assert first.split() == [
        "entries.list",
        "organiser",
        "3.00",
        "20.0",
        "60.0",
        "100.0",
        "900.0",
        "8",
        "8",
        "5.0",
        "40.0",
    ]
    assert second.split()[:4] == ["event.calendar", "visitor", "2.00", "2.0"]
    assert second.endswith("(a file)")
