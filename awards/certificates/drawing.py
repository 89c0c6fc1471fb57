"""Pictures for paper, as data: URIs. Pure: text in, text out.

What a picture costs is what a certificate costs, so they are drawn the cheap way: strokes with round ends
instead of outlines, one picture for the whole page, a bitmap for the code.
"""

from __future__ import annotations

import io
from base64 import b64encode

import segno
from PIL import Image

from base.art import BAR_WIDTH, MARK, bar_shares

# The page and what stands on it, in tenths of a millimetre.
WIDE, HIGH = 2970, 2100
BARS, BARS_HIGH = 54, 460
MARK_LEFT, MARK_MIDDLE, MARK_WIDE = 220, 205, 110
# A fixed mask: trying all eight takes longer than the rest of the pictures, and any of them scans.
MASK = 3
PIXELS = 4
BLACK, WHITE = bytes(PIXELS), b"\xff" * PIXELS


def as_uri(picture: bytes, kind: str) -> str:
    """A picture as a data: URI; `kind` is "svg+xml" or "png"."""
    return f"data:image/{kind};base64,{b64encode(picture).decode()}"


def _bars(reference: str) -> str:
    """The bars of a reference along the foot of the page; they reach below it, so only tops are round."""
    step = WIDE / BARS
    wide = step * BAR_WIDTH
    paths: dict[str, list[str]] = {}
    for place, share, colour in bar_shares(reference, BARS, "paper", 0.06):
        top = HIGH - BARS_HIGH * share + wide / 2
        paths.setdefault(colour, []).append(f"M{(place + 0.5) * step:.0f} {top:.0f}V{HIGH + wide:.0f}")
    drawn = "".join(
        f'<path stroke="{colour}" d="{"".join(bars)}"/>' for colour, bars in sorted(paths.items())
    )
    return f'<g stroke-width="{wide:.0f}">{drawn}</g>'


def _mark() -> str:
    """The mark for a light ground, at the top left."""
    scale = MARK_WIDE / 38
    drawn = "".join(
        f'<path stroke="{colour if colour != "#FFFFFF" else "#4A1F5C"}" '
        f'd="M{MARK_LEFT + (left + 2.5) * scale:.1f} {MARK_MIDDLE - (high - 5) / 2 * scale:.1f}'
        f'v{(high - 5) * scale:.1f}"/>'
        for left, high, colour in MARK
    )
    return f'<g stroke-width="{5 * scale:.1f}">{drawn}</g>'


MARK_DRAWN = _mark()


def page_uri(reference: str) -> str:
    """The picture behind a whole certificate: the mark, and the bars that only this reference has."""
    picture = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDE}" height="{HIGH}" viewBox="0 0 {WIDE} {HIGH}">'
        f'<g fill="none" stroke-linecap="round">{_bars(reference)}{MARK_DRAWN}</g></svg>'
    )
    return as_uri(picture.encode(), "svg+xml")


def qr_uri(address: str) -> str:
    """A QR code that opens an address: black on white with a margin, four pixels a module.

    A grey bitmap, because a PDF takes it as it is; the same code as a path takes ten times as long to draw.
    """
    code = segno.make(address, error="m", mask=MASK, micro=False, boost_error=False)
    rows = [b"".join(BLACK if dark else WHITE for dark in row) * PIXELS for row in code.matrix_iter(border=2)]
    side = len(rows) * PIXELS
    picture = io.BytesIO()
    Image.frombytes("L", (side, side), b"".join(rows)).save(picture, "PNG", compress_level=1)
    return as_uri(picture.getvalue(), "png")
