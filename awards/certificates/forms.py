"""Forms about certificates."""

from __future__ import annotations

from wtforms import SubmitField

from base.forms import ChorusForm


class MakeCertificatesForm(ChorusForm):
    """Asks for what is missing, failed or out of date; there is nothing to fill in."""

    make = SubmitField("Make certificates")
