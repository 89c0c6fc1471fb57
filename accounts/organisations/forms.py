"""Forms about organisations."""

from __future__ import annotations

from typing import Any

from wtforms import RadioField, SelectField, StringField, SubmitField
from wtforms.validators import Length

from accounts.organisations import rules
from base.forms import ChorusForm, Needed


class StartOrganisationForm(ChorusForm):
    """An organisation that is not here yet."""

    name = StringField(
        "Name of the organisation",
        description="In full, for example Mersey Care NHS Foundation Trust",
        validators=[Needed("Enter the name of your organisation"), Length(max=rules.MOST_NAME)],
        render_kw={"autocomplete": "organization"},
    )
    kind = RadioField(
        "What kind of organisation is it?",
        choices=[(kind, kind) for kind in rules.KINDS],
        validators=[Needed("Choose what kind of organisation it is")],
    )
    region = SelectField(
        "Where does it work?",
        choices=[("", "Choose a region"), *((region, region) for region in rules.REGIONS)],
        validators=[Needed("Choose where it works")],
    )


class JoinOrganisationForm(ChorusForm):
    """Nothing but a button."""


class DecideJoinForm(ChorusForm):
    """Let somebody in, or not."""

    let_in = SubmitField("Let them in")
    refuse_them = SubmitField("Do not let them in")

    def values(self) -> dict[str, Any]:
        """Which of the two buttons was pressed."""
        return {"let_in": bool(self.let_in.data)}
