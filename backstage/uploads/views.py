"""Giving a file back, for the views of every topic that takes some. It has no address of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response

from base.answers import attachment
from base.errors import NotHere
from outside import storage

if TYPE_CHECKING:
    from backstage.uploads.models import Upload


def give_file(upload: Upload) -> Response:
    """The answer that hands an upload over under its own name; raises NotHere where its file is gone."""
    try:
        content = storage.read(upload.storage_name)
    except FileNotFoundError:
        raise NotHere from None
    return attachment(content, upload.content_type, upload.file_name)
