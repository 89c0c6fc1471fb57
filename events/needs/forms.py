"""The form of what somebody needs. It is only ever asked, never shown again."""

from __future__ import annotations

from typing import Any

from wtforms import SelectMultipleField, StringField, TextAreaField
from wtforms.validators import Length

from base.forms import ChorusForm
from events.needs.rules import ACCESS, DIETARY, MOST_NEEDS, joined_needs


class ChangeNeedsForm(ChorusForm):
    """New needs in place of what is noted; RegisterForm asks the same."""

    access = SelectMultipleField("Access", choices=[(one, one) for one in ACCESS])
    access_more = TextAreaField("Anything else about access", validators=[Length(max=MOST_NEEDS)])
    dietary = SelectMultipleField("Food", choices=[(one, one) for one in DIETARY])
    dietary_more = StringField("Anything else about food", validators=[Length(max=200)])

    def values(self) -> dict[str, Any]:
        """What was ticked and written, as one line for access and one for food."""
        given = super().values()
        for name in ("access", "dietary"):
            given[name] = joined_needs(given[name] or (), given.pop(f"{name}_more") or "")
        return given
