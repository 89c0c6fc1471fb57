"""Forms about a scheme."""

from __future__ import annotations

from wtforms import SubmitField

from base.forms import ChorusForm, MomentField, Needed


class ChangeHoursForm(ChorusForm):
    """The hours of a scheme; the later ones may wait until they are known."""

    opens_at = MomentField("Entries open", validators=[Needed("Enter when entries open")])
    closes_at = MomentField("Entries close", validators=[Needed("Enter when entries close")])
    judging_closes_at = MomentField("Judging ends")
    shortlist_at = MomentField("Shortlist is announced")
    winners_at = MomentField("Winners are announced")
    save = SubmitField("Save these hours")
