"""Forms about outcomes."""

from __future__ import annotations

from wtforms import BooleanField, RadioField, SubmitField, TextAreaField
from wtforms.validators import AnyOf, Length

from awards.outcomes import rules
from base.forms import ChorusForm, MomentField, Needed


class DecideOutcomeForm(ChorusForm):
    """What an entry gets, and why."""

    outcome = RadioField(
        "Outcome",
        choices=[
            *((outcome, kind.words) for outcome, kind in rules.OUTCOMES.items()),
            (rules.UNDECIDED, "None of these"),
        ],
        validators=[Needed("Choose an outcome"), AnyOf(rules.MOVES)],
    )
    joint = BooleanField("Joint winners: more than one entry wins this category")
    reason = TextAreaField(
        "Why?",
        description="A sentence or two. Organisers of this award see it, nobody else",
        validators=[Length(max=rules.MOST_REASON)],
    )
    decide = SubmitField("Save this decision")


class SetHoursForm(ChorusForm):
    """When entrants and everybody learn about outcomes."""

    shortlist_at = MomentField(
        "The shortlist is announced",
        description="From this minute entrants and visitors see who is shortlisted",
    )
    winners_at = MomentField(
        "The winners are announced",
        description="From this minute everybody sees who won and is highly commended",
    )
    save = SubmitField("Save these hours")
