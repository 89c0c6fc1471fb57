"""Bars from a reference."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from base import art


def test_the_same_reference_is_always_the_same_picture_and_another_is_another() -> None:
    assert art.bars_svg("PPMH-7K4Q") == art.bars_svg("PPMH-7K4Q")
    assert art.bars_svg("PPMH-7K4Q") != art.bars_svg("PPMH-7K4R")


def test_there_is_one_path_for_each_colour_and_nothing_else() -> None:
    drawing = ElementTree.fromstring(art.bars_svg("x", bars=40, standalone=True))
    names = [child.tag.rpartition("}")[2] for child in drawing]
    colours = [child.get("fill") for child in drawing]
    assert set(names) == {"path"}
    assert len(colours) == len(set(colours))
    assert sum((child.get("d") or "").count("M") for child in drawing) == 40


def test_the_picture_is_hidden_and_needs_no_styles() -> None:
    drawing = art.bars_svg("x")
    assert (drawing.count('aria-hidden="true"'), drawing.count("style=")) == (1, 0)


def test_a_class_cannot_break_out() -> None:
    assert art.bars_svg("x", css_class='"><script>').count("<script>") == 0


@pytest.mark.parametrize("bars", [1, 2, 54])
def test_any_number_of_bars_can_be_drawn(bars: int) -> None:
    assert art.bars_svg("x", bars=bars).count("0V300.0") == bars


def test_the_mark_is_five_bars_and_has_no_white_on_paper() -> None:
    assert (art.mark_svg().count("<rect"), art.mark_svg().count("#FFFFFF")) == (5, 1)
    assert art.mark_svg(on_dark=False, standalone=True).count("#FFFFFF") == 0
