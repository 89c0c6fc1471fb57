"""The ground that every form stands on.

A form is a `ChorusForm`; its fields are WTForms fields, or `DayField`, `MomentField` and `ClockField`
below for dates and times typed in parts. What people send is tidied before anything looks at it (NUL
characters gone, one kind of line ending, no blanks at the ends), every text has a length limit, and
messages say what to do. The fields are drawn by the macros of `templates/components/form.html`;
`templates/layout.html` shows the error summary by itself.

    class RegisterForm(ChorusForm):
        badge_name = StringField("Name for your badge", validators=[Length(max=60)])
        email = EmailField("Email address", validators=[Needed(), Email()])
        opens = MomentField("When entries open", validators=[Needed("Enter when entries open")])
        answer = TextAreaField("What changed?", validators=[Needed(), MaxWords(300)])

    form = RegisterForm(data=...)                                   # or RegisterForm(obj=row)
    if form.carry_out(actions.register, event_slug):                # a refusal stands at its field or on top
        return redirect(url_for(..., reference=form.done), 303)     # `done` is what the action returned
    return render_template("...", form=form), form.status           # 200, or 422 once there are errors

Fields are named as the action's arguments are; a form where they cannot be overrides `values()`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from flask import request
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from werkzeug.datastructures import CombinedMultiDict
from wtforms import (
    BooleanField,
    FieldList,
    FormField,
    IntegerField,
    SelectFieldBase,
    StringField,
    SubmitField,
    TextAreaField,
)
from wtforms.fields import Field
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, NumberRange, StopValidation, ValidationError

from base.display import plural, word_count
from base.errors import Refusal, Refused
from base.typed_dates import ClockField, DayField, MomentField, PartsField, tidy

__all__ = [
    "ChorusForm",
    "ClockField",
    "DayField",
    "MaxWords",
    "MomentField",
    "Needed",
    "PartsField",
    "error_summary",
    "first_input",
    "missing_message",
    "tidy",
]

MAX_LINE, MAX_TEXT = 200, 20_000
MAX_INTEGER = 2_147_483_647  # PostgreSQL's integer

# WTForms' own words, said plainly. Keys are WTForms' source strings.
_PLAIN = {
    "Invalid email address.": "Enter an email address in the correct format, like name@example.org",
    "Invalid URL.": "Enter a full web address, like https://www.example.org",
    "Not a valid integer value.": "Enter a whole number, like 12",
    "Not a valid decimal value.": "Enter a number, like 12 or 12.5",
    "Not a valid float value.": "Enter a number, like 12 or 12.5",
    "Not a valid choice.": "Choose one of the options on the page",
    "Invalid Choice: could not coerce.": "Choose one of the options on the page",
    "'%(value)s' is not a valid choice for this field.": "Choose from the options on the page",
    "'%(value)s' are not valid choices for this field.": "Choose from the options on the page",
    "Invalid choice(s): one or more data inputs could not be coerced.": "Choose from the options on the page",
    "Invalid input.": "Check what you entered and try again",
    "The CSRF token is missing.": "This page was open for too long. Send it again",
    "Field cannot be longer than %(max)d character.": "Shorten this to %(max)d character or fewer",
    "Field cannot be longer than %(max)d characters.": "Shorten this to %(max)d characters or fewer",
    "Field must be at least %(min)d character long.": "Make this at least %(min)d character long",
    "Field must be at least %(min)d characters long.": "Make this at least %(min)d characters long",
    "Number must be between %(min)s and %(max)s.": "Enter a number from %(min)s to %(max)s",
    "Number must be at least %(min)s.": "Enter %(min)s or more",
    "Number must be at most %(max)s.": "Enter %(max)s or less",
}


class PlainEnglish:
    """What WTForms takes for translations: its messages in our words."""

    def gettext(self, text: str) -> str:
        """Our words for one of WTForms' messages, or the message itself."""
        return _PLAIN.get(text, text)

    def ngettext(self, one: str, many: str, count: int) -> str:
        """The same where the message has a number in it."""
        return self.gettext(one if count == 1 else many)


def one_line(text: Any) -> Any:
    """The same for a field of one line: a line ending that was pasted in becomes a blank."""
    tidied = tidy(text)
    return " ".join(tidied.split("\n")) if isinstance(tidied, str) else tidied


def _in_a_sentence(label: str) -> str:
    """A label as it stands in the middle of a sentence: first letter small, except in "BSL" or "I agree"."""
    first, _, _ = label.partition(" ")
    return label if first.isupper() else label[:1].lower() + label[1:]


def missing_message(field: Field) -> str:
    """What to say where an answer is needed and there is none; from the kind of field and its label."""
    label = str(field.label.text)
    if isinstance(field, FileField):
        return "Choose a file"
    if isinstance(field, BooleanField):
        return f"Tick the box to go on: {_in_a_sentence(label)}"
    if label.endswith("?"):
        return f"Answer the question: {label}"
    verb = "Choose" if isinstance(field, SelectFieldBase) else "Enter"
    return f"{verb} {_in_a_sentence(label)}"


class Needed:
    """The validator of a field that must be filled in; `message` says what to do ("Enter your name").

    Use it instead of DataRequired: it takes blanks for nothing and keeps the message about a date that was
    typed wrongly. Raises StopValidation where nothing was given.
    """

    def __init__(self, message: str | None = None) -> None:
        self.message = message

    def __call__(self, form: Any, field: Field) -> None:  # noqa: ARG002 - WTForms calls it so
        """Stop with the message unless something was given."""
        typed = any(isinstance(raw, str) and raw.strip() for raw in field.raw_data or ())
        wrong = typed and field.process_errors
        given = field.data is not None and field.data is not False and field.data not in ("", [])
        if wrong or given:
            return
        field.errors[:] = []
        raise StopValidation(self.message or missing_message(field))


class MaxWords:
    """The validator of a text with a word limit, counted as the browser counts."""

    def __init__(self, limit: int) -> None:
        self.limit = limit

    def __call__(self, form: Any, field: Field) -> None:  # noqa: ARG002 - WTForms calls it so
        """Raise ValidationError with how many words there are too many."""
        over = word_count(field.data) - self.limit
        if over > 0:
            raise ValidationError(
                f"Shorten this by {plural(over, 'word')}: the limit is {plural(self.limit, 'word')}"
            )


def _add_limits(field: Field) -> None:
    """Give a text its length limit and a whole number its range, where the form states none."""
    stated = list(field.validators)
    if isinstance(field, StringField):
        lines = isinstance(field, TextAreaField)
        field.filters = (tidy if lines else one_line, *field.filters)
        if not any(isinstance(check, Length) and check.max > 0 for check in stated):
            field.validators = [*stated, Length(max=MAX_TEXT if lines else MAX_LINE)]
    elif isinstance(field, IntegerField) and not any(isinstance(check, NumberRange) for check in stated):
        field.validators = [*stated, NumberRange(-MAX_INTEGER, MAX_INTEGER)]


def _choice(given: Any) -> SelectChoice:
    """A choice of a list: pairs of value and words may be written in a form, WTForms wants its own class."""
    return SelectChoice(*given) if isinstance(given, tuple) else SelectChoice.from_input(given)


class ChorusForm(FlaskForm):
    """A form of Chorus; see the top of this file."""

    form_errors: list[str]
    done: Any = None

    class Meta(FlaskForm.Meta):
        """How fields are made: plain messages, tidied texts, limits on everything."""

        def get_translations(self, form: Any) -> PlainEnglish:  # noqa: ARG002
            """Our words instead of WTForms'."""
            return PlainEnglish()

        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Field:
            """Make the field, with its choices as WTForms wants them, and add its limits."""
            if isinstance(unbound_field.kwargs.get("choices"), (list, tuple)):
                unbound_field.kwargs["choices"] = [_choice(one) for one in unbound_field.kwargs["choices"]]
            field = super().bind_field(form, unbound_field, options)
            _add_limits(field)
            return field

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """Like FlaskForm's, but a form sent with nothing in it counts as sent."""
            wrapped = super().wrap_formdata(form, formdata)
            if formdata is not None and wrapped is None and form.is_submitted() and not request.is_json:
                return CombinedMultiDict((request.files, request.form))
            return wrapped

    def values(self) -> dict[str, Any]:
        """What the form says: {name of the field: its data}, without buttons and token."""
        return {
            name: field.data
            for name, field in self._fields.items()
            if name != "csrf_token" and not isinstance(field, SubmitField)
        }

    def carry_out(self, action: Callable[..., Any], *about: Any) -> bool:
        """Whether the form was sent, is right, and `action(*about, **self.values())` was done.

        `done` is what the action returned. A refusal is shown at the field that it names, or at the top.
        """
        if not self.validate_on_submit():
            return False
        try:
            self.done = action(*about, **self.values())
        except Refused as refused:
            self.refused(refused)
            return False
        return True

    def refused(self, refused: Refused) -> None:
        """Take that the action was refused; a form that shows more than the words overrides this."""
        self.refuse(refused.why_not)

    def refuse(self, why_not: Refusal) -> None:
        """Show why a rule says no: at the field it names, or at the top of the page where it names none."""
        if why_not.field in self._fields:
            bound = self._fields[why_not.field]
            bound.errors = [*bound.errors, why_not.why]
        else:
            self.form_errors = [*self.form_errors, why_not.why]

    @property
    def status(self) -> int:
        """The HTTP status of the page that shows this form: 422 once it has errors, else 200."""
        return 422 if error_summary(self) else 200


def first_input(field: Field) -> str:
    """The id of the input that an error about this field leads to."""
    return f"{field.id}-{field.parts[0][0]}" if isinstance(field, PartsField) else str(field.id)


def _wrong_fields(fields: Any) -> Iterator[tuple[Field, str]]:
    """Every wrong field with its first message, in the page's order, through enclosed forms."""
    for field in fields:
        if isinstance(field, FormField):
            yield from _wrong_fields(field.form)
        elif isinstance(field, FieldList):
            yield from _wrong_fields(field.entries)
        if not isinstance(field, FormField):
            yield from ((field, why) for why in list(field.errors)[:1] if isinstance(why, str))


def error_summary(form: Any) -> list[dict[str, str]]:
    """What the error summary lists: {"text", "href"} for each message.

    The href is empty for a message about the whole form. The list is empty for None, for a form not yet
    sent and for a form without errors.
    """
    if form is None:
        return []
    whole = [{"text": str(why), "href": ""} for why in form.form_errors]
    return whole + [{"text": why, "href": f"#{first_input(field)}"} for field, why in _wrong_fields(form)]
