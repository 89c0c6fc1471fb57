"""How far an answer is, when two writers meet, and which texts are kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from backstage.uploads.rules import IMAGES, KINDS
from base.display import plural, word_count
from base.errors import Refusal

TYPES = ("text", "file", "image", "url")
FILES = ("file", "image")
MOST_URL = 500
# Autosave changes an answer every few seconds; of one writer's texts one in ten minutes is kept.
KEEP_EVERY = timedelta(minutes=10)


@dataclass(frozen=True)
class Given:
    """A question and what has been answered so far, as plain values."""

    label: str
    type: str = "text"
    words: int = 300
    required: bool = True
    text: str = ""
    has_file: bool = False
    finished: bool = False

    @property
    def empty(self) -> bool:
        """Whether there is nothing yet: no file, or no word."""
        return not (self.has_file if self.type in FILES else self.text.strip())

    @property
    def over(self) -> int:
        """By how many words a text is too long; 0 where it fits."""
        return max(0, word_count(self.text) - self.words) if self.type == "text" else 0


@dataclass(frozen=True)
class Status:
    """How far one answer is: `state` is "empty", "in_progress", "too_long" or "done"; `words` says it."""

    state: str
    words: str


def status_of(given: Given) -> Status:
    """How far an answer is. A file or an address is done as soon as it is there."""
    if given.empty:
        return Status("empty", "Not started")
    if given.over:
        return Status("too_long", f"Too long by {plural(given.over, 'word')}")
    if given.type == "text" and not given.finished:
        return Status("in_progress", "In progress")
    return Status("done", "Done")


def why_not_complete(given: Given) -> Refusal | None:
    """What is still to do about one answer before it can be sent in; None when nothing is."""
    if given.empty and given.required:
        verb = "Add" if given.type in FILES else "Answer"
        return Refusal(f"{verb}: {given.label}")
    if given.over:
        return Refusal(f"Shorten by {plural(given.over, 'word')}: {given.label}")
    return None


def endings_of(type_: str, accept: Sequence[str]) -> tuple[str, ...]:
    """The kinds of file that a question takes: pictures for an image, else what its organiser allows."""
    allowed = IMAGES if type_ == "image" else tuple(KINDS)
    return tuple(ending for ending in allowed if not accept or ending in accept) or allowed


def tidy_url(text: str) -> str:
    """A web address as it is kept: https:// in front where somebody typed "www.example.org"."""
    typed = text.strip()
    return f"https://{typed}" if typed and "://" not in typed else typed


def why_not_url(text: str) -> Refusal | None:
    """Why a (tidied) text is not a web address that can be opened; None for one that can, or for nothing."""
    if not text:
        return None
    wrong = Refusal("Enter a full web address, like https://www.example.org", "text")
    if len(text) > MOST_URL or any(sign.isspace() for sign in text):
        return wrong
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return wrong
    plain = parts.scheme in ("http", "https") and parts.username is None and port != 0
    labels = host.rstrip(".").split(".")
    return None if plain and len(labels) > 1 and all(labels) else wrong


def overtaken(seen: int, current: int, written_by: int | None, who: int | None) -> bool:
    """Whether somebody else has written since this writer opened the page with version `seen`."""
    return seen != current and written_by != who


def worth_keeping(
    before: str,
    *,
    unseen: bool,
    written_by: int | None,
    who: int | None,
    kept_at: datetime | None,
    written_at: datetime,
    now: datetime,
    after: str = "",
) -> bool:
    """Whether the text that is about to be replaced is kept as an earlier answer.

    Always when its writer is somebody else, when the new writer had not seen it (`unseen`), or when more than
    half of it goes; else one for every ten minutes of writing, and the one that stood when they came back.
    """
    if not before.strip() or before == after:
        return False
    if unseen or written_by != who or 2 * word_count(after) < word_count(before):
        return True
    return kept_at is None or written_at - kept_at >= KEEP_EVERY or now - written_at >= KEEP_EVERY
