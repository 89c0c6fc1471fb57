"""How figures are written down, and what the load client takes from a page."""

from __future__ import annotations

import json

import pytest

from bench import client, crowd, report
from bench.client import WrongAnswer
from bench.registrations import too_many
from bench.report import Runs


def test_results_keep_the_other_figures_and_lose_the_failed_ones(tmp_path):
    path = tmp_path / "results.json"
    path.write_text(json.dumps({"event_page_kilobytes": {"value": 70}, "second_start_seconds": {"value": 3}}))
    runs = Runs({"certificates_per_second": [61.0, 64.5, 60.2, 66.1, 63.0]}, [0.1] * 5)
    report.write({"certificates_per_second": runs}, {"second_start_seconds"}, path)
    assert json.loads(path.read_text()) == {
        "certificates_per_second": {"value": 63.0, "unit": "per second", "spread": 5.9},
        "event_page_kilobytes": {"value": 70},
    }


@pytest.mark.parametrize(
    ("name", "values", "falls_short"),
    [
        ("certificates_per_second", [34.9], True),
        ("certificates_per_second", [35.0], False),
        ("registrations_oversold", [0.0, 0.0, 1.0], True),
        ("registrations_oversold", [0.0, 0.0, 0.0], False),
        ("registrations_per_second", [1.0], False),
    ],
)
def test_only_what_is_required_falls_short(name, values, falls_short):
    runs = Runs({name: values}, [0.0])
    assert report.FIGURES[name].falls_short(runs.value(name)) is falls_short


def test_a_percentile_is_a_value_that_occurred():
    values = [float(number) for number in range(1, 101)]
    assert [report.percentile(values, share) for share in (0.5, 0.95, 1.0)] == [50.0, 95.0, 100.0]
    assert report.percentile([7.0], 0.95) == 7.0


def test_a_form_is_sent_with_its_token_and_without_one_not_at_all():
    page = b'<form><input type="hidden" name="csrf_token" value="a&amp;b"><input name="email"></form>'
    assert client.hidden_fields(page) == [("csrf_token", "a&b")]
    with pytest.raises(WrongAnswer):
        client.hidden_fields(b"<form></form>")


def test_places_are_read_where_they_belong_to_the_workshop():
    page = (
        b'<a href="/events/x/sessions/7">A</a><span class="places__words">1,200 of 2,000 places left</span>'
        b'<a href="/events/x/sessions/8">B</a><span class="places__words"><strong>Full.</strong></span>'
    )
    assert (crowd.places_left(page, 7), crowd.places_left(page, 8)) == (1200, 0)
    with pytest.raises(WrongAnswer):
        crowd.places_left(page, 9)


def test_oversold_counts_rows_beyond_the_places_and_counters_that_lie():
    assert [too_many(*case) for case in ((20, 20, 20), (20, 20, 21), (20, 19, 20), (20, 3, 3))] == [
        0,
        2,
        1,
        0,
    ]


def test_a_line_says_aim_or_limit_and_what_there_is_to_note():
    runs = Runs({"bare_page_per_second": [2000.0], "growth_worst_ratio": [1.5]}, [0.5])
    runs.notes["growth_worst_ratio"] = "the page that grows most: one"
    assert "aim (the limit)" in report.line("bare_page_per_second", runs)
    first, second = report.line("growth_worst_ratio", runs).splitlines()
    assert "aim at most 1.3" in first
    assert second == "the page that grows most: one"
