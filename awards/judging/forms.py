"""Forms of judges."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wtforms import RadioField, TextAreaField
from wtforms.validators import Length

from awards.judging import rules
from base.forms import ChorusForm, MaxWords, Needed


class DeclareConflictForm(ChorusForm):
    """Whether a judge has a conflict with an entry."""

    conflict = RadioField(
        "Do you have a conflict?",
        choices=[("no", "No, I can read it"), ("yes", "Yes, somebody else should read it")],
        validators=[Needed("Say whether you have a conflict")],
    )
    reason = TextAreaField(
        "If yes: what is it?",
        description="A few words for the organisers. The entrant does not see them",
        validators=[Length(max=rules.MOST_REASON)],
    )

    def values(self) -> dict[str, Any]:
        """Whether there is a conflict, and what it is."""
        return {"conflict": self.conflict.data == "yes", "reason": self.reason.data or ""}


class ScoreEntryForm(ChorusForm):
    """One criterion: a point of the scale, and what the judge wants to say about it."""

    value = RadioField("Score", coerce=int, validators=[Needed("Choose a score")])
    comment = TextAreaField(
        "Why? What is strong, what would help?",
        validators=[MaxWords(rules.MOST_COMMENT_WORDS), Length(max=5000)],
    )

    def show_scale(self, scale: Mapping[int, str]) -> None:
        """Fill the points that can be chosen, given as {value: words}."""
        self.value.choices = list(scale.items())


class FinishReadForm(ChorusForm):
    """Its button alone."""
