"""The fields in which questions are answered: one for each way in which an answer is given."""

from __future__ import annotations

from typing import Any

from flask_wtf.file import FileField
from wtforms import StringField, TextAreaField

from backstage.question_types.rules.question_type import Input, QuestionType
from base.forms import Needed


def field_for(kind: QuestionType, label: str) -> Any:
    """An unbound WTForms field for the answer to a question of this type, labelled with its words.

    What the answer must be is not checked here but by the type's `why_not_keep`, which the action asks.
    """
    if kind.input is Input.UPLOAD:
        return FileField(label, validators=[Needed("Choose a file")])
    return TextAreaField(label) if kind.input is Input.LINES else StringField(label)
