"""Forms of the demonstration: each is one button."""

from __future__ import annotations

from wtforms import HiddenField, StringField
from wtforms.validators import Length

from base.forms import ChorusForm, Needed


class BecomeForm(ChorusForm):
    """Be one of the people of the story."""

    email = HiddenField("Person", validators=[Needed("Choose a person"), Length(max=80)])


class MoveClockForm(ChorusForm):
    """Go to an hour of the story."""

    hour = StringField("Hour", validators=[Needed("Choose an hour"), Length(max=20)])


class ResetForm(ChorusForm):
    """Begin again."""
