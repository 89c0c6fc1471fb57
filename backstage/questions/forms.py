"""One question a page: its form, by the type of the question."""

from __future__ import annotations

from typing import Any

from flask_wtf.file import FileField
from wtforms import HiddenField, StringField, SubmitField, TextAreaField
from wtforms.validators import ValidationError

from backstage.questions import rules
from backstage.questions.models import Question
from base.forms import MAX_INTEGER, ChorusForm, Needed


class TextAnswerForm(ChorusForm):
    """A text; `version` is the one that the page shows, so that writers do not overwrite each other."""

    text = TextAreaField("Answer")
    version = HiddenField(default="0")
    save = SubmitField("Save and continue")
    later = SubmitField("Save and come back later")

    @property
    def seen(self) -> int:
        """The version that the page showed; 0 where it is missing or no number of ours."""
        typed = str(self.version.data or "")
        return int(typed) if typed.isascii() and typed.isdigit() and int(typed) <= MAX_INTEGER else 0


class UrlAnswerForm(TextAnswerForm):
    """A web address."""

    text = StringField("Web address")

    def validate_text(self, field: Any) -> None:
        """Raise ValidationError unless the field holds a web address, or nothing."""
        if why_not := rules.why_not_url(rules.tidy_url(field.data or "")):
            raise ValidationError(why_not.why)


class FileAnswerForm(ChorusForm):
    """A file."""

    file = FileField("File", validators=[Needed("Choose a file")])
    upload = SubmitField("Upload")


AnswerForm = TextAnswerForm | FileAnswerForm


def form_for(question: Question, text: str = "", version: int = 0) -> AnswerForm:
    """The form of a question, labelled with its words and holding the answer so far."""
    if question.type in rules.FILES:
        asked = FileAnswerForm()
        asked.file.label.text = question.label
        return asked
    form_class = UrlAnswerForm if question.type == "url" else TextAnswerForm
    form = form_class(data={"text": text, "version": str(version)})
    form.text.label.text = question.label
    return form
