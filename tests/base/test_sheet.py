"""Tables as CSV files."""

from __future__ import annotations

import csv
import io

import pytest

from base.sheet import csv_of, harmless


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t", "\r", " =", "\n="])
def test_no_cell_is_carried_out(begins):
    assert str(harmless(f"{begins}cmd|' /C calc'!A0")).startswith("'")


@pytest.mark.parametrize("value", ["", "Ada", "a=b", "7", -3, 2.5, None])
def test_other_cells_stay_as_they_are(value):
    assert harmless(value) == value


def test_a_file_is_read_as_it_was_written():
    made = csv_of(["Name", "Says"], [["Zoë", 'a "b", c\nd'], ["=1+1", None]])
    assert made.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(io.StringIO(made.decode("utf-8-sig"), newline=""))) == [
        ["Name", "Says"],
        ["Zoë", 'a "b", c\nd'],
        ["'=1+1", ""],
    ]
