"""Bars from a reference: many voices, one piece.

The same reference always gives the same picture, so an event, a category and a certificate each keep their
own. Pure: text in, SVG text out, one path for each colour, no styles inside, hidden from screen readers.
"""

from __future__ import annotations

from hashlib import sha256
from html import escape

# On plum, on teal, on mist (cards) and on cream (paper).
PALETTES = {
    "plum": ("#F5B83D", "#E0705F", "#5BB8B1", "#C9A9D6", "#FFFFFF"),
    "teal": ("#F5B83D", "#FFFFFF", "#E0705F", "#8FD3CD", "#C9A9D6"),
    "mist": ("#4A1F5C", "#7A4C8C", "#F5B83D", "#0A6B66", "#C9A9D6"),
    "paper": ("#4A1F5C", "#0A6B66", "#F5B83D", "#C8402B", "#C9A9D6"),
}
BAR_WIDTH = 0.58  # of the place that a bar has
MARK = ((1, 12, "#F5B83D"), (9, 26, "#E0705F"), (17, 34, "#FFFFFF"), (25, 20, "#5BB8B1"), (33, 10, "#C9A9D6"))


def _signs(reference: str, count: int) -> bytes:
    """At least `count` even-handed bytes that depend on the reference alone."""
    rounds = range(1 + count // 32)
    return b"".join(sha256(f"{reference}{turn}".encode()).digest() for turn in rounds)


def _bar(left: float, top: float, wide: float, foot: float, round_foot: bool) -> str:
    """One bar as a path: a half circle above, straight down, and below either a half circle or a flat end."""
    half = min(wide / 2, foot - top)
    arc = f"a{wide / 2:.1f} {half:.1f} 0 0 1 "
    down = foot - half if round_foot else foot
    below = f"{arc}-{wide:.1f} 0z" if round_foot else f"h-{wide:.1f}z"
    return f"M{left:.1f} {top + half:.1f}{arc}{wide:.1f} 0V{down:.1f}{below}"


def bar_shares(reference: str, bars: int, palette: str, floor: float) -> list[tuple[int, float, str]]:
    """The bars of a reference, from the left: (which, height as a share, colour)."""
    signs, colours = _signs(reference, 2 * bars), PALETTES[palette]
    shares = []
    for index in range(bars):
        swell = 0.35 + 0.65 * max(0.0, 1 - abs(2 * index / max(bars - 1, 1) - 1.15))
        share = max(floor, signs[2 * index] / 255 * swell)
        shares.append((index, share, colours[signs[2 * index + 1] % len(colours)]))
    return shares


def bars_svg(
    reference: str,
    *,
    bars: int = 30,
    width: int = 640,
    height: int = 300,
    palette: str = "plum",
    floor: float = 0.08,
    css_class: str = "art",
    standalone: bool = False,
) -> str:
    """The picture of a reference: `bars` bars that stand on the lower edge, highest right of the middle.

    `palette` is a key of PALETTES (KeyError otherwise); `floor` is the lowest bar as a share of `height`;
    `standalone` adds what an .svg file or a PDF needs (namespace, size).
    """
    step = width / bars
    paths: dict[str, list[str]] = {}
    for left, share, colour in bar_shares(reference, bars, palette, floor):
        top = height * (1 - share)
        bar = _bar(left * step + step * 0.21, top, step * BAR_WIDTH, height, round_foot=False)
        paths.setdefault(colour, []).append(bar)
    drawn = "".join(
        f'<path fill="{colour}" d="{"".join(parts)}"/>' for colour, parts in sorted(paths.items())
    )
    size = f' xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"' if standalone else ""
    return (
        f'<svg class="{escape(css_class)}"{size} viewBox="0 0 {width} {height}" '
        f'preserveAspectRatio="xMaxYMax slice" aria-hidden="true" focusable="false">{drawn}</svg>'
    )


def mark_svg(*, on_dark: bool = True, standalone: bool = False) -> str:
    """The mark: five rounded bars. On a light ground the white bar becomes plum."""
    drawn = "".join(
        f'<rect x="{left}" y="{17 - high / 2:g}" width="5" height="{high}" rx="2.5" '
        f'fill="{colour if on_dark or colour != "#FFFFFF" else "#4A1F5C"}"/>'
        for left, high, colour in MARK
    )
    space = ' xmlns="http://www.w3.org/2000/svg"' if standalone else ""
    return (
        f'<svg class="mark-bars"{space} width="38" height="34" viewBox="0 0 38 34" aria-hidden="true" '
        f'focusable="false">{drawn}</svg>'
    )
