"""Charts as SVG, made on the server: direct labels instead of a legend, colour plus shape.

Pure: numbers in, markup out; no styles, no scripts, sizes as attributes, so that the strict policy for
content lets them through. The table beneath a chart says the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

# Narrow, so that the words are still read on a telephone.
WIDTH, HEIGHT = 440, 210
LEFT, TOP, FLOOR = 8, 24, 178
# How far the lines go: beside them stands a number, or "17 last year".
RIGHT, RIGHT_BESIDE_LAST_YEAR = 392, 336
PLUM, LILAC, GREY, LINE = "#4A1F5C", "#A98BB8", "#5C5566", "#D9CFDF"
# Two labels at the ends of their lines stay this far apart.
APART = 20


def _points(values: Sequence[int], highest: int, right: int) -> list[tuple[float, float]]:
    """Where each value stands: from left to right, the highest at the top."""
    step = (right - LEFT) / max(len(values) - 1, 1)
    last = len(values) - 1
    return [
        (right - (last - number) * step, FLOOR - (FLOOR - TOP) * value / max(highest, 1))
        for number, value in enumerate(values)
    ]


def _line(points: Sequence[tuple[float, float]], colour: str, width: int, dashes: str = "") -> str:
    drawn = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return (
        f'<polyline points="{drawn}" fill="none" stroke="{colour}" stroke-width="{width}" '
        f'stroke-linejoin="round" stroke-linecap="round"{dashed}/>'
    )


def _label(x: float, y: float, words: str, colour: str, size: int, more: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" fill="{colour}"{more}>{escape(words)}</text>'


def line_chart(
    this_year: Sequence[int], last_year: Sequence[int], first_day: str, last_day: str, name: str
) -> str:
    """Two lines over the same days: this year's (heavy) and last year's (dashed, where there is one).

    `name` says the chart in words for those who do not see it; raises ValueError for lines of unlike length.
    """
    if last_year and len(last_year) != len(this_year):
        raise ValueError("both years need the same days")
    highest = max([*this_year, *last_year, 1])
    right = RIGHT_BESIDE_LAST_YEAR if last_year else RIGHT
    ours, theirs = _points(this_year, highest, right), _points(last_year, highest, right)
    parts = [f'<line x1="{LEFT}" x2="{right}" y1="{FLOOR}" y2="{FLOOR}" stroke="{LINE}" stroke-width="1"/>']
    x, y = ours[-1]
    if theirs:
        beside = theirs[-1][1]
        if abs(beside - y) < APART:
            beside = y + APART if y + APART <= FLOOR + 8 else y - APART
        parts += [
            _line(theirs, LILAC, 3, "6 7"),
            _label(x + 12, beside + 5, f"{last_year[-1]} last year", GREY, 15),
        ]
    parts += [
        _line(ours, PLUM, 4),
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" fill="{PLUM}"/>',
        _label(x + 12, y + 6, f"{this_year[-1]}", PLUM, 18, ' font-weight="700"'),
        _label(LEFT, FLOOR + 20, first_day, GREY, 15),
        _label(right, FLOOR + 20, last_day, GREY, 15, ' text-anchor="end"'),
    ]
    return (
        f'<svg class="chart__svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(name)}">'
        f"{''.join(parts)}</svg>"
    )
