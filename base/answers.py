"""Files as answers: made from what everybody may see now, and kept by browsers only while that is so."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from urllib.parse import quote

from flask import Response, request
from werkzeug.http import dump_options_header

from base.sheet import csv_of


def _called(name: str, disposition: str) -> str:
    """The Content-Disposition of a file with this name, whatever letters that has: once in those that every
    program knows and, where that is not the name itself, once exactly.
    """
    plain = "".join(
        sign if sign.isascii() and sign.isprintable() and sign not in '"\\' else "_" for sign in name
    )
    names = {"filename": plain}
    if plain != name:
        names["filename*"] = f"UTF-8''{quote(name, safe='')}"
    return dump_options_header(disposition, names)


def kept_while_same(content: bytes, mimetype: str, name: str, disposition: str = "inline") -> Response:
    """The answer with a file of this name, or 304 to a browser that has exactly these bytes.

    `disposition` is "inline" (shown) or "attachment" (saved). The ETag comes from the bytes alone, so it says
    no more than they do; the browser asks every time, so nothing outlives the hour at which it changes.
    """
    answer = Response(content, mimetype=mimetype)
    answer.headers["Content-Disposition"] = _called(name, disposition)
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.set_etag(hashlib.sha256(content).hexdigest()[:32])
    answer.make_conditional(request)
    return answer


def attachment(content: bytes, mimetype: str, name: str) -> Response:
    """The answer with a file that the browser saves under this name, whatever letters that has.

    It is never shown as a page of ours, whatever it says, and kept by no cache.
    """
    answer = Response(content, mimetype=mimetype)
    answer.headers["Content-Disposition"] = _called(name, "attachment")
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def sheet(name: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """The answer with a table as a CSV file of this name, to be saved and kept by no cache."""
    return attachment(csv_of(columns, rows), "text/csv", name)
