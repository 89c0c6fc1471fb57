"""What is measured where somebody asks for some figures only, and what is then written."""

from __future__ import annotations

import pytest

from bench.__main__ import MEASURES, arguments
from bench.report import FIGURES


@pytest.mark.parametrize(
    ("words", "writes"),
    [
        ([], True),
        (["growth_worst_ratio"], False),
        (["growth_worst_ratio", "--write"], True),
        (["--runs", "1"], False),
        (["--runs", "1", "--write"], False),
    ],
)
def test_results_are_written_where_all_is_measured_or_where_it_is_asked_for(words, writes):
    assert arguments(words).writes is writes


def test_a_wrong_name_says_which_names_there_are(capsys):
    with pytest.raises(SystemExit):
        arguments(["no_such_figure", "growth_worst_ratio"])
    said = capsys.readouterr().err
    assert "no figure is called no_such_figure; there are" in said
    assert all(name in said for name in FIGURES)


def test_every_figure_is_measured_once():
    measured = [name for measure in MEASURES for name in measure.names]
    assert sorted(measured) == sorted(FIGURES)
