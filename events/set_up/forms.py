"""Forms for an event and its rooms."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, IntegerField, StringField, TextAreaField
from wtforms.validators import Length, NumberRange

from base.forms import ChorusForm, MomentField, Needed
from base.marks import all_but
from events.set_up.rules import MOST_NAME, MOST_PLACES, EventDetails


class EventForm(ChorusForm):
    """What an event says about itself."""

    name = StringField("Name of the event", validators=[Needed(), Length(max=MOST_NAME)])
    blurb = TextAreaField(
        "In a sentence or two", description="Stands under the name", validators=[Length(max=400)]
    )
    starts_at = MomentField("When it starts", validators=[Needed("Enter when it starts")])
    ends_at = MomentField("When it ends", validators=[Needed("Enter when it ends")])
    place = StringField("Place", description="For example: Conference hall")
    town = StringField("Town")
    directions = TextAreaField(
        "How to get there", description="Step by step: bus, train, parking, which door"
    )
    cost = StringField("Cost", description="For example: Free, lunch included", validators=[Length(max=80)])
    access = StringField(
        "Access, in a few words", description="For example: Lift, hearing loop, BSL, quiet room"
    )
    access_details = TextAreaField("Everything about access")
    support = TextAreaField(
        "Where support is on the day", description="Who to turn to, and where, when something is hard"
    )
    capacity = IntegerField(
        "Places",
        validators=[Needed("Enter how many people can come"), NumberRange(1, MOST_PLACES)],
    )
    chosen_names = BooleanField("People may come under any name they like")
    registration_open = BooleanField("Registration is open")

    def values(self) -> dict[str, Any]:
        """What the event says about itself, as the action takes it."""
        entered = super().values()
        return {"details": EventDetails(**{name: entered[name] for name in all_but(EventDetails)})}


class RoomForm(ChorusForm):
    """A room and how one gets about in it."""

    name = StringField("Name of the room", validators=[Needed(), Length(max=60)])
    capacity = IntegerField(
        "People it holds",
        validators=[Needed("Enter how many people the room holds"), NumberRange(1, MOST_PLACES)],
    )
    step_free = BooleanField("It can be reached without steps")
    hearing_loop = BooleanField("It has a hearing loop")
    note = StringField(
        "A word or two for the agenda",
        description="For example: three steps, or open all day",
        validators=[Length(max=60)],
    )
