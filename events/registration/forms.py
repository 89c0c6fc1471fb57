"""Forms for registering, and for changing or cancelling through the personal link."""

from __future__ import annotations

from typing import Any

from wtforms import EmailField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import Email, Length

from base.forms import ChorusForm, Needed
from events.registration.rules import ACCESS, DIETARY, MOST_BADGE_NAME, MOST_NEEDS, joined_needs

_NAME = "Name for your badge"
_NAME_HINT = "Optional. Any name you like to be called here; leave it empty to come without one"


def _workshops() -> Any:
    # Which workshops there are is asked of the rules, under the event's lock, so that the answer names the
    # workshop.
    return SelectMultipleField("Workshops", coerce=int, choices=[], validate_choice=False)


class NeedsFields(ChorusForm):
    """What somebody needs. Only ever asked for, never shown again."""

    access = SelectMultipleField("Access", choices=[(one, one) for one in ACCESS])
    access_more = TextAreaField("Anything else about access", validators=[Length(max=MOST_NEEDS)])
    dietary = SelectMultipleField("Food", choices=[(one, one) for one in DIETARY])
    dietary_more = StringField("Anything else about food", validators=[Length(max=200)])

    @property
    def access_line(self) -> str:
        """The access needs as one line."""
        return joined_needs(self.access.data or (), self.access_more.data or "")

    @property
    def dietary_line(self) -> str:
        """The dietary needs as one line."""
        return joined_needs(self.dietary.data or (), self.dietary_more.data or "")


class RegisterForm(NeedsFields):
    """Everything on one page, no account."""

    badge_name = StringField(_NAME, description=_NAME_HINT, validators=[Length(max=MOST_BADGE_NAME)])
    email = EmailField(
        "Email address",
        description="We send your confirmation, your calendar file and a link to change or cancel",
        validators=[Needed("Enter your email address"), Length(max=254), Email()],
    )
    workshops = _workshops()


class ManageForm(ChorusForm):
    """What can be changed through the personal link."""

    badge_name = StringField(_NAME, description=_NAME_HINT, validators=[Length(max=MOST_BADGE_NAME)])
    workshops = _workshops()


class ChangeNeedsForm(NeedsFields):
    """New needs in place of what is noted."""


class CancelForm(ChorusForm):
    """One button: opening the page cancels nothing."""
