"""Files given back can only be saved, whatever they are called."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.http import parse_options_header

from backstage.uploads.downloads import attachment, give_file
from backstage.uploads.models import Upload
from base.errors import NotHere


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1, max_size=60))
def test_attachment_says_the_name_and_nothing_else(name):
    """Quotes, umlauts, semicolons: one header, one name."""
    answer = attachment(b"x", name, "application/pdf")
    disposition, said = parse_options_header(answer.headers["Content-Disposition"])
    assert (disposition, said["filename"]) == ("attachment", name)
    assert answer.headers["Content-Disposition"].isascii()
    assert (answer.headers["X-Content-Type-Options"], answer.headers["Cache-Control"]) == (
        "nosniff",
        "private, no-store",
    )


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
