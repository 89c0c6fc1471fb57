"""Forms about who reads what."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from wtforms import HiddenField, SelectMultipleField
from wtforms.validators import Length

from awards.planning.rules import Pair
from base.forms import ChorusForm

MOST_PAIRS = 50_000
_PAIR = re.compile(r"([1-9]\d{0,8})-([1-9]\d{0,8})")


class RemoveJudgeForm(ChorusForm):
    """Its button alone."""


class AssignEvenlyForm(ChorusForm):
    """Its button alone: the plan is made anew when it is pressed."""


def pairs_in(texts: Iterable[str]) -> set[Pair]:
    """The pairs (judge id, entry id) that "3-17" and the like name; anything else is left out."""
    found = (_PAIR.fullmatch(text.strip()) for text in texts)
    return {(int(pair[1]), int(pair[2])) for pair in found if pair}


class AssignReadsForm(ChorusForm):
    """Who reads what: a ticked box for each pair, and which boxes were ticked when the page was made."""

    reads = SelectMultipleField("Reads", choices=[], validate_choice=False)
    shown = HiddenField(validators=[Length(max=MOST_PAIRS * 20)])

    @property
    def pairs(self) -> set[Pair]:
        """The pairs that are ticked."""
        return pairs_in(self.reads.data or [])

    def values(self) -> dict[str, Any]:
        """The ticked pairs, and those that were ticked when the page was made."""
        return {"pairs": self.pairs, "shown": pairs_in((self.shown.data or "").split(","))}
