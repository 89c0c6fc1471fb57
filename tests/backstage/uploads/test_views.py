"""Giving a file back."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from backstage.uploads.actions import keep_upload
from backstage.uploads.models import Upload
from backstage.uploads.views import give_file
from base.errors import NotHere


def test_give_file(db_session):
    """Under its own name, as what its content is."""
    answer = give_file(keep_upload(b"%PDF-1.7", "Our work.docx", ("pdf",), None))
    assert (answer.get_data(), answer.mimetype) == (b"%PDF-1.7", "application/pdf")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="Our work.pdf"'


def test_give_file_whose_file_is_gone(app):
    """The answer of what is not there."""
    upload = Upload(
        storage_name=f"uploads/{0:032}.pdf",
        file_name="a.pdf",
        content_type="application/pdf",
        size=1,
        uploaded_at=datetime(2026, 5, 5, tzinfo=UTC),
    )
    with app.app_context(), pytest.raises(NotHere):
        give_file(upload)
