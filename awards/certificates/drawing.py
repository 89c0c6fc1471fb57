"""Pictures for paper, as data: URIs. Pure: text in, text out."""

from __future__ import annotations

import io
from base64 import b64encode
from functools import cache

import segno

from base.art import mark_svg

# A fixed mask: trying all eight takes longer than the rest of a certificate's picture, and any of them scans.
MASK = 3
PIXELS = 4


def as_uri(picture: str | bytes, kind: str = "svg+xml") -> str:
    """A picture as a data: URI."""
    raw = picture.encode() if isinstance(picture, str) else picture
    return f"data:image/{kind};base64,{b64encode(raw).decode()}"


def qr_uri(address: str) -> str:
    """A QR code that opens an address: black on white with a margin, four pixels a module.

    A bitmap of one bit a pixel, because a PDF draws it ten times faster than the same code as a path.
    """
    code = segno.make(address, error="m", mask=MASK, micro=False, boost_error=False)
    picture = io.BytesIO()
    code.save(picture, kind="png", scale=PIXELS, border=2, compresslevel=1)
    return as_uri(picture.getvalue(), "png")


@cache
def mark_uri() -> str:
    """The mark, for a light ground."""
    return as_uri(mark_svg(on_dark=False, standalone=True))
