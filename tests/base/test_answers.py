"""Files as answers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.http import parse_options_header

from base.answers import attachment, kept_while_same, sheet


@pytest.mark.parametrize(
    ("kept", "content", "status"),
    [(None, b"Tea", 200), (b"Tea", b"Tea", 304), (b"Coffee", b"Tea", 200)],
)
def test_kept_while_same_sends_nothing_to_who_has_it(app, kept, content, status):
    with app.test_request_context():
        etag = kept_while_same(kept, "text/plain", "tea.txt").headers["ETag"] if kept else ""
    with app.test_request_context(headers={"If-None-Match": etag} if etag else {}):
        answer = kept_while_same(content, "text/plain", "tea.txt", "attachment")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (status, "private, no-cache")
    assert answer.headers["Content-Disposition"] == "attachment; filename=tea.txt"


def test_a_sheet_is_saved_and_kept_nowhere(app):
    answer = sheet("tea.txt", ["Tea"], [["Green"]])
    assert (answer.mimetype, answer.headers["Cache-Control"]) == ("text/csv", "private, no-store")
    assert answer.headers["Content-Disposition"] == "attachment; filename=tea.txt"
    assert answer.get_data(as_text=True) == "\ufeffTea\r\nGreen\r\n"


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1, max_size=60))
def test_attachment_says_the_name_and_nothing_else(name):
    """Quotes, umlauts, semicolons: one header, one name."""
    answer = attachment(b"x", "application/pdf", name)
    disposition, said = parse_options_header(answer.headers["Content-Disposition"])
    assert (disposition, said["filename"]) == ("attachment", name)
    assert answer.headers["Content-Disposition"].isascii()
    assert (answer.headers["X-Content-Type-Options"], answer.headers["Cache-Control"]) == (
        "nosniff",
        "private, no-store",
    )
