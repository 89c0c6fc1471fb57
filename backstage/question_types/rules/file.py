"""A file of one of the kinds that we take."""

from __future__ import annotations

from collections.abc import Sequence

from backstage.question_types.rules.question_type import Given, Input, QuestionType
from backstage.uploads.rules import KINDS, size_in_words
from base.errors import Refusal


class File(QuestionType):
    """A file. `kinds` are the endings of all files that this type can take."""

    template = "backstage/question_types/file.html"
    input = Input.UPLOAD
    kinds: Sequence[str] = tuple(KINDS)

    def asks(self, words: int) -> str:  # noqa: ARG002 - a file has no words
        return "A file"

    def endings(self, accept: Sequence[str]) -> tuple[str, ...]:
        """What the organiser allows of what the type can take; all of it where they allow nothing of it."""
        return tuple(ending for ending in self.kinds if ending in accept) or tuple(self.kinds)

    def is_empty(self, given: Given) -> bool:
        """Whether no file was uploaded; a text left over from another type is none."""
        return not given.file_name

    def why_not_complete(self, given: Given) -> Refusal | None:
        missing = given.required and self.is_empty(given)
        return Refusal(f"Add: {given.label}") if missing else None

    def in_words(self, given: Given) -> str:
        """Its name and size: "Report.pdf, 2.4 MB"."""
        return "" if self.is_empty(given) else f"{given.file_name}, {size_in_words(given.size)}"
