"""Files as answers: made from what everybody may see now, and kept by browsers only while that is so."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from flask import Response, request

from base.sheet import csv_of


def kept_while_same(content: bytes, mimetype: str, name: str, disposition: str = "inline") -> Response:
    """The answer with a file of this name, or 304 to a browser that has exactly these bytes.

    `disposition` is "inline" (shown) or "attachment" (saved). The ETag comes from the bytes alone, so it says
    no more than they do; the browser asks every time, so nothing outlives the hour at which it changes.
    """
    answer = Response(content, mimetype=mimetype)
    answer.headers.set("Content-Disposition", disposition, filename=name)
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.set_etag(hashlib.sha256(content).hexdigest()[:32])
    answer.make_conditional(request)
    return answer


def sheet(name: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """The answer with a table as a CSV file of this name, to be saved and kept by no cache."""
    answer = Response(csv_of(columns, rows), mimetype="text/csv")
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
