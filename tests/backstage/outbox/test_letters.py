"""Mails as their readers see them."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from backstage.outbox import letters
from base.database import db

TEXT = """Hello Maya,

your code is 123
456

- one
- two

http://localhost/sign-in/link/abc

See http://localhost/privacy for more.
"""


def test_blocks_of_a_text():
    """Paragraphs, a list, a line that is an address as a button; an address within a sentence stays there."""
    assert letters.blocks_of(TEXT) == [
        {"kind": "text", "lines": ["Hello Maya,"]},
        {"kind": "text", "lines": ["your code is 123", "456"]},
        {"kind": "list", "lines": ["one", "two"]},
        {"kind": "button", "lines": ["http://localhost/sign-in/link/abc"]},
        {"kind": "text", "lines": ["See http://localhost/privacy for more."]},
    ]


@given(st.text(max_size=200))
def test_blocks_lose_no_word(text):
    """Whatever is in a mail, both parts say the same."""
    blocks: list[dict[str, Any]] = letters.blocks_of(text)
    said = " ".join(line for block in blocks for line in block["lines"]).split()
    dashes = [word for word in text.split() if word != "-"]
    assert [word for word in said if word != "-"] == dashes


def test_html_of_escapes_what_people_typed(app):
    """A name is a name, not markup."""
    with app.app_context():
        html = letters.html_of(app.jinja_env, "<b>Subject</b>", 'Hello <script>alert("x")</script> & co,')
        db.session.rollback()
    assert "<script>" not in html
    assert "<b>" not in html
    assert "Hello &lt;script&gt;alert(&#34;x&#34;)&lt;/script&gt; &amp; co," in html


def test_text_of_is_not_escaped(app):
    """In the text part an ampersand is an ampersand."""
    with app.app_context():
        said = letters.text_of(
            app.jinja_env,
            "organisations/asks_to_join",
            {"name": "Ada & Ben", "person": "O'Neill", "organisation": "A<B", "link": "http://localhost/"},
        )
    assert said.startswith("Hello Ada & Ben,\n\nO'Neill asks to join A<B on Chorus")
