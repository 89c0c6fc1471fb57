"""Forms about who writes an entry."""

from __future__ import annotations

from wtforms import EmailField, HiddenField, SubmitField
from wtforms.validators import Email, Length

from accounts.people.rules import MOST_EMAIL
from base.forms import ChorusForm, Needed


class InviteWriterForm(ChorusForm):
    email = EmailField(
        "Their email address",
        validators=[Needed("Enter the email address of the person to ask"), Email(), Length(max=MOST_EMAIL)],
    )
    invite = SubmitField("Ask them to write too")


class RemoveWriterForm(ChorusForm):
    remove = SubmitField("Remove")


class ChoosePartnersForm(ChorusForm):
    """The buttons beside each organisation, on a page with many of them."""

    organisation_slug = HiddenField()
    add = SubmitField("Add")
    remove = SubmitField("Remove")


class NudgeWritersForm(ChorusForm):
    nudge = SubmitField("Send a nudge")
