"""The form at the door: it carries only the reference of who is checked in."""

from __future__ import annotations

from wtforms import HiddenField

from base.forms import ChorusForm, Needed


class CheckInForm(ChorusForm):
    """Whom the button stands beside."""

    reference = HiddenField("Reference", validators=[Needed("Choose somebody from the list")])
