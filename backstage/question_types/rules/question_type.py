"""What every type of question can say about itself, and the plain values it is asked with."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from base.errors import Refusal


class Input(Enum):
    """How an answer is given: a text of several lines, a text of one line, or a file."""

    LINES = "lines"
    LINE = "line"
    UPLOAD = "upload"


@dataclass(frozen=True)
class Given:
    """A question and what has been answered so far, as plain values.

    `type` is a key of TYPES, `words` the most that a text may have. `text` is what was typed, `file_name`
    and `size` (in bytes) are those of an upload; `finished` is what its writer said by "Save and continue".
    """

    label: str
    type: str = "text"
    words: int = 300
    required: bool = True
    text: str = ""
    file_name: str = ""
    size: int = 0
    finished: bool = False


@dataclass(frozen=True)
class Status:
    """How far one answer is: `state` is "empty", "in_progress", "too_long" or "done"; `words` says it."""

    state: str
    words: str


class QuestionType(ABC):
    """One type of question. What is said here holds for an answer of one line; a type overrides what differs.

    `template` has the macros that ask for an answer and draw it; `input` is how it is given; `saves_itself`
    says whether an answer half-written is kept while somebody types.
    """

    template: str
    input = Input.LINE
    saves_itself = False

    @abstractmethod
    def asks(self, words: int) -> str:
        """What a question that allows so many words asks for: "Up to 300 words", "A file"."""

    def most_words(self, words: int) -> int:  # noqa: ARG002 - a text has a limit
        """How many words an answer may have; 0 where it is not written in words."""
        return 0

    def endings(self, accept: Sequence[str]) -> tuple[str, ...]:  # noqa: ARG002 - a file has endings
        """The endings of the files that a question takes which accepts these; none where it takes no file."""
        return ()

    def tidy(self, text: str) -> str:
        """What was typed, as it is kept."""
        return text

    def why_not_keep(self, text: str) -> Refusal | None:  # noqa: ARG002 - any text can be kept
        """Why a tidied text cannot be kept as an answer; None when it can."""
        return None

    def is_empty(self, given: Given) -> bool:
        """Whether there is no answer yet."""
        return not given.text.strip()

    def status(self, given: Given) -> Status:
        """How far an answer is. Without a draft of it, it is done as soon as it is there."""
        return Status("empty", "Not started") if self.is_empty(given) else Status("done", "Done")

    def why_not_finished(self, given: Given) -> Refusal | None:  # noqa: ARG002 - one line is finished
        """Why an answer that is kept still needs work; None when it does not."""
        return None

    def why_not_complete(self, given: Given) -> Refusal | None:
        """What is still to do about an answer before the whole can be sent in; None when nothing is."""
        missing = given.required and self.is_empty(given)
        return Refusal(f"Answer: {given.label}") if missing else None

    def in_words(self, given: Given) -> str:
        """The answer as plain text."""
        return given.text
