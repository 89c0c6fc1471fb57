"""The chart of entries a day."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from base import charts

counts = st.lists(st.integers(0, 500), min_size=1, max_size=30)


def drawn(this_year, last_year):
    """The parsed picture."""
    return etree.fromstring(
        charts.line_chart(this_year, last_year, "22 April", "5 May", 'Entries "a" day & <more>')
    )


@given(counts, st.booleans())
def test_every_point_is_inside_the_picture(this_year, compared):
    """Whatever the numbers."""
    svg = drawn(this_year, list(reversed(this_year)) if compared else [])
    lines = svg.findall("polyline")
    assert len(lines) == (2 if compared else 1)
    for line in lines:
        points = [tuple(map(float, point.split(","))) for point in line.get("points").split()]
        assert len(points) == len(this_year)
        assert all(0 <= x <= charts.WIDTH and 0 <= y <= charts.HEIGHT for x, y in points)


@given(counts, counts)
def test_labels_at_the_ends_do_not_meet(this_year, last_year):
    """Both numbers can be read even where the lines end at one point."""
    days = min(len(this_year), len(last_year))
    svg = drawn(this_year[-days:], last_year[-days:])
    beside = [text for text in svg.findall("text") if float(text.get("x")) > charts.RIGHT_BESIDE_LAST_YEAR]
    heights = sorted(float(text.get("y")) for text in beside)
    assert len(heights) == 2
    assert heights[1] - heights[0] >= charts.APART - 2
    assert all(0 < height < charts.HEIGHT for height in heights)


def test_what_it_says():
    """A name for those who do not see it, direct labels, colour and shape, no style."""
    svg = drawn([1, 3, 22], [2, 2, 17])
    assert (svg.get("role"), svg.get("aria-label")) == ("img", 'Entries "a" day & <more>')
    assert [text.text for text in svg.findall("text")] == ["17 last year", "22", "22 April", "5 May"]
    assert [line.get("stroke-dasharray") for line in svg.findall("polyline")] == ["6 7", None]
    assert re.findall(r"style=|<style|<script", etree.tostring(svg, encoding="unicode")) == []


def test_unlike_lengths():
    """Two years need the same days."""
    with pytest.raises(ValueError, match="same days"):
        drawn([1, 2], [1])
