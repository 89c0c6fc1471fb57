"""The form of a session, and the buttons that remove a session and a room."""

from __future__ import annotations

from typing import Any

from wtforms import IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import Length, NumberRange, Optional

from base.forms import ChorusForm, MomentField, Needed
from base.marks import all_but
from events.agenda.rules import KINDS, MOST_TITLE, FullSession, Plan
from events.set_up.rules import MOST_PLACES


class SessionForm(ChorusForm):
    """Everything about a session. Until the hour of an embargo only the covering title can be seen."""

    title = StringField("Title", validators=[Needed(), Length(max=MOST_TITLE)])
    kind = RadioField(
        "Kind of session", choices=list(KINDS.items()), validators=[Needed("Choose what it is")]
    )
    room_id = SelectField("Room", coerce=int, validators=[Needed("Choose a room")])
    starts_at = MomentField("When it starts", validators=[Needed("Enter when it starts")])
    ends_at = MomentField("When it ends", validators=[Needed("Enter when it ends")])
    about = TextAreaField("What it is about", validators=[Length(max=4000)])
    speakers = TextAreaField(
        "Who speaks", description="As they want to be named", validators=[Length(max=1000)]
    )
    content_note = StringField(
        "Content note",
        description="What may distress, said before anything else. For example: Talks about suicide",
        validators=[Length(max=200)],
    )
    support = StringField(
        "Where support is",
        description="For example: Two listeners are in the quiet room",
        validators=[Length(max=200)],
    )
    places = IntegerField(
        "Places", description="For a workshop", validators=[Optional(), NumberRange(0, MOST_PLACES)]
    )
    embargo_until = MomentField("Keep it a surprise until")
    covering_title = StringField(
        "Title until then", description="For example: A surprise", validators=[Length(max=MOST_TITLE)]
    )

    def values(self) -> dict[str, Any]:
        """The plan that was entered; places count for workshops only."""
        entered = super().values()
        if entered["kind"] != "workshop":
            entered["places"] = None
        return {"plan": Plan(**{name: entered[name] for name in all_but(Plan)})}

    @classmethod
    def of(cls, session: FullSession) -> SessionForm:
        """The form filled with a session as it is (or with what was sent)."""
        return cls(data={name: getattr(session, name) for name in all_but(Plan)})


class RemoveSessionForm(ChorusForm):
    """The button that removes a session."""


class RemoveRoomForm(ChorusForm):
    """The button that removes a room."""
