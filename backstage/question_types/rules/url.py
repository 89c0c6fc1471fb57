"""The address of a page on the web."""

from __future__ import annotations

from urllib.parse import urlsplit

from backstage.question_types.rules.question_type import QuestionType
from base.errors import Refusal

MOST_LETTERS = 500


class Url(QuestionType):
    """A web address that can be opened: http or https, a host with a dot, no password in it."""

    template = "backstage/question_types/url.html"

    def asks(self, words: int) -> str:  # noqa: ARG002 - an address has no words
        return "A web address"

    def tidy(self, text: str) -> str:
        """With https:// in front where somebody typed "www.example.org"."""
        typed = text.strip()
        return f"https://{typed}" if typed and "://" not in typed else typed

    def why_not_keep(self, text: str) -> Refusal | None:
        """It is no address that can be opened; nothing at all can be kept."""
        if not text:
            return None
        wrong = Refusal("Enter a full web address, like https://www.example.org", "text")
        if len(text) > MOST_LETTERS or any(sign.isspace() for sign in text):
            return wrong
        try:
            parts = urlsplit(text)
            host, port = parts.hostname or "", parts.port
        except ValueError:
            return wrong
        plain = parts.scheme in ("http", "https") and parts.username is None and port != 0
        labels = host.rstrip(".").split(".")
        return None if plain and len(labels) > 1 and all(labels) else wrong
