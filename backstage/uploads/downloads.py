"""Giving a file back: as an attachment, never shown by the browser as a page of ours."""

from __future__ import annotations

from urllib.parse import quote

from flask import Response

from backstage.uploads.models import Upload
from base.errors import NotHere
from outside import storage


def give_file(upload: Upload) -> Response:
    """The answer that hands an upload over under its own name; raises NotHere where its file is gone."""
    try:
        content = storage.read(upload.storage_name)
    except FileNotFoundError:
        raise NotHere from None
    return attachment(content, upload.file_name, upload.content_type)


def attachment(content: bytes, file_name: str, content_type: str) -> Response:
    """An answer that the browser saves under `file_name`, whatever letters that has."""
    plain = "".join(
        sign if sign.isascii() and sign.isprintable() and sign not in '"\\' else "_" for sign in file_name
    )
    answer = Response(content, mimetype=content_type)
    answer.headers["Content-Disposition"] = (
        f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(file_name, safe='')}"
    )
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
