"""Forms for registering, and for changing or cancelling through the personal link."""

from __future__ import annotations

from typing import Any

from wtforms import EmailField, SelectMultipleField, StringField
from wtforms.validators import Email, Length

from base.forms import ChorusForm, Needed
from events.needs.forms import ChangeNeedsForm
from events.registration.rules import MOST_BADGE_NAME, Details


def _workshops() -> Any:
    # Which workshops there are is asked of the rules, under the event's lock, so that a refusal names them.
    return SelectMultipleField("Workshops", coerce=int, choices=[], validate_choice=False)


class ManageRegistrationForm(ChorusForm):
    """What can be changed through the personal link; the fields of Details become the action's `details`."""

    badge_name = StringField(
        "Name for your badge",
        description="Optional. Any name you like to be called here; leave it empty to come without one",
        validators=[Length(max=MOST_BADGE_NAME)],
    )
    workshops = _workshops()

    def values(self) -> dict[str, Any]:
        """What the form says, with what people say about themselves as one value."""
        given = super().values()
        details = {name: given.pop(name) for name in Details.__dataclass_fields__}
        return given | {"details": Details(**details)}


class RegisterForm(ManageRegistrationForm, ChangeNeedsForm):
    """Everything on one page, no account."""

    email = EmailField(
        "Email address",
        description="We send your confirmation, your calendar file and a link to change or cancel",
        validators=[Needed("Enter your email address"), Length(max=254), Email()],
    )
    workshops = _workshops()  # after the address, as errors are listed


class CancelRegistrationForm(ChorusForm):
    """Opening the page cancels nothing."""
