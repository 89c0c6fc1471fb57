"""A picture: a file of a kind that shows one."""

from __future__ import annotations

from backstage.question_types.rules.file import File
from backstage.uploads.rules import IMAGES


class Image(File):
    """A picture."""

    template = "backstage/question_types/image.html"
    kinds = IMAGES

    def asks(self, words: int) -> str:  # noqa: ARG002 - a picture has no words
        return "A picture"
