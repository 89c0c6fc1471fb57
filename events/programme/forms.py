"""The button that has the programme made."""

from __future__ import annotations

from base.forms import ChorusForm


class MakeProgrammeForm(ChorusForm):
    """The button that has the programme made."""
