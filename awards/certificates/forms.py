"""Forms about certificates."""

from __future__ import annotations

from wtforms import SubmitField

from base.forms import ChorusForm


class MakeCertificatesForm(ChorusForm):
    """One button."""

    make = SubmitField("Make certificates")
