"""A text of up to so many words, kept while it is written."""

from __future__ import annotations

from backstage.question_types.rules.question_type import Given, Input, QuestionType, Status
from base.display import plural, word_count
from base.errors import Refusal


class Text(QuestionType):
    """A text. One that is too long is kept all the same: it only cannot be sent in."""

    template = "backstage/question_types/text.html"
    input = Input.LINES
    saves_itself = True

    def asks(self, words: int) -> str:
        return f"Up to {plural(words, 'word')}"

    def most_words(self, words: int) -> int:
        return words

    def status(self, given: Given) -> Status:
        """A text is done when its writer says so and it is not too long."""
        if over := self._over(given):
            return Status("too_long", f"Too long by {plural(over, 'word')}")
        if given.finished or self.is_empty(given):
            return super().status(given)
        return Status("in_progress", "In progress")

    def why_not_finished(self, given: Given) -> Refusal | None:
        if over := self._over(given):
            return Refusal(
                f"Shorten this by {plural(over, 'word')}. What you wrote is saved as it is", "text"
            )
        return None

    def why_not_complete(self, given: Given) -> Refusal | None:
        if over := self._over(given):
            return Refusal(f"Shorten by {plural(over, 'word')}: {given.label}")
        return super().why_not_complete(given)

    def _over(self, given: Given) -> int:
        """By how many words a text is too long; 0 where it fits."""
        return max(0, word_count(given.text) - given.words)
