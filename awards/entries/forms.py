"""Forms about entries; the page of a question has its own in backstage/questions."""

from __future__ import annotations

from wtforms import BooleanField, RadioField, StringField, SubmitField
from wtforms.validators import Length

from awards.entries import rules
from base.forms import ChorusForm, Needed


class StartEntryForm(ChorusForm):
    organisation_slug = RadioField(
        "Which organisation is entering?", validators=[Needed("Choose the organisation that is entering")]
    )
    start = SubmitField("Start this entry")


class ChangeTitleForm(ChorusForm):
    """What the entry is called and, for a nomination, whom it is about."""

    title = StringField(
        "Title of your entry",
        description="A few words that people remember. They stand on the shortlist and on the certificate.",
        validators=[Needed("Enter a title for your entry"), Length(max=rules.MOST_TITLE)],
    )
    nominee = StringField(
        "Who are you nominating?",
        description="Their name as they would like to see it on a certificate.",
        validators=[
            Needed("Enter the name of the person you are nominating"),
            Length(max=rules.MOST_NOMINEE),
        ],
    )
    nominee_told = BooleanField(
        "I have told them that I am nominating them",
        description="Nobody should find out from a shortlist. You can save this page before you have.",
    )
    guardian_agreed = BooleanField(
        "A parent or guardian has agreed",
        description="This category is about children. Keep their agreement in writing.",
    )
    save = SubmitField("Save and continue")


class SubmitEntryForm(ChorusForm):
    send = SubmitField("Send in this entry")


class ReopenEntryForm(ChorusForm):
    """A button of the template."""


class WithdrawEntryForm(ChorusForm):
    """A button of the template."""
