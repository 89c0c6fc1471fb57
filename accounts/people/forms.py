"""Forms about oneself."""

from __future__ import annotations

from wtforms import StringField
from wtforms.validators import DataRequired, Length

from accounts.people import rules
from base.forms import ChorusForm


class ChangeNameForm(ChorusForm):
    """The name that others here see."""

    name = StringField(
        "Your name",
        description="The name you want others here to see. It need not be the one on your passport.",
        validators=[
            DataRequired("Enter the name you want others here to see"),
            Length(max=rules.MOST_NAME, message=f"Use {rules.MOST_NAME} characters or fewer"),
        ],
        render_kw={"autocomplete": "name"},
    )
