"""Forms of organisers about panels, and of judges."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from wtforms import (
    BooleanField,
    EmailField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    SubmitField,
    TextAreaField,
)
from wtforms.validators import Email, Length

from awards.judging import rules
from base.forms import ChorusForm, MaxWords, Needed

NO_ORGANISATION = "Belongs to none of these"
MOST_PAIRS = 50_000
_PAIR = re.compile(r"([1-9]\d{0,8})-([1-9]\d{0,8})")


class AddJudgeForm(ChorusForm):
    """Somebody who is to judge a category."""

    email = EmailField(
        "Email address",
        description="We invite them here, and this is how they sign in",
        validators=[Needed("Enter the judge's email address"), Email()],
        render_kw={"autocomplete": "off"},
    )
    name = StringField(
        "Name",
        description="Used only if we do not know them yet",
        validators=[Length(max=80)],
        render_kw={"autocomplete": "off"},
    )
    organisation = SelectField(
        "Organisation",
        description="They are never given an entry that it takes part in",
    )
    lived_experience = BooleanField(
        "Has lived experience of using services or caring",
        description="So that every entry has such a reader. Only organisers of this award see it",
    )
    chair = BooleanField("Chairs the panel", description="A chair also sees how far the panel is")
    add = SubmitField("Add and invite")

    def offer(self, organisations: Iterable[tuple[str, str]]) -> None:
        """Give the list of organisations, as (slug, name)."""
        self.organisation.choices = [("", NO_ORGANISATION), *organisations]


class RemoveJudgeForm(ChorusForm):
    """One button."""

    remove = SubmitField("Take off the panel")


class AssignEvenlyForm(ChorusForm):
    """One button."""


def pairs_in(texts: Iterable[str]) -> set[tuple[int, int]]:
    """The pairs (judge id, entry id) that "3-17" and the like name; anything else is left out."""
    found = (_PAIR.fullmatch(text.strip()) for text in texts)
    return {(int(pair[1]), int(pair[2])) for pair in found if pair}


class AssignReadsForm(ChorusForm):
    """Who reads what: a ticked box for each pair, and which boxes were ticked when the page was made."""

    reads = SelectMultipleField("Reads", choices=[], validate_choice=False)
    shown = HiddenField(validators=[Length(max=MOST_PAIRS * 20)])
    save = SubmitField("Save who reads what")

    @property
    def wanted(self) -> set[tuple[int, int]]:
        """The pairs that are ticked."""
        return pairs_in(self.reads.data or [])

    @property
    def were_ticked(self) -> set[tuple[int, int]]:
        """The pairs that were ticked when the page was made."""
        return pairs_in((self.shown.data or "").split(","))


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
    send = SubmitField("Continue")


class ScoreEntryForm(ChorusForm):
    """One criterion: a point of the scale, and what the judge wants to say about it."""

    value = RadioField("Score", validators=[Needed("Choose a score")])
    comment = TextAreaField(
        "Why? What is strong, what would help?",
        validators=[MaxWords(rules.MOST_COMMENT_WORDS), Length(max=5000)],
    )

    def offer(self, scale: Mapping[int, str]) -> None:
        """Give the points of the scale, the highest first."""
        self.value.choices = [(str(value), words) for value, words in scale.items()]

    @property
    def chosen(self) -> int | None:
        """The chosen point, or None where there is none on the scale."""
        offered = {value for value, _ in self.value.choices}
        return int(self.value.data) if self.value.data in offered else None


class FinishReadForm(ChorusForm):
    """One button."""

    finish = SubmitField("Finish this entry")
