"""The organiser's pages about the event itself and its rooms."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from base.access import allow, signed_in
from base.errors import Refused
from base.notices import notice
from events.set_up import actions, queries
from events.set_up.actions import EventDetails
from events.set_up.forms import EventForm, RoomForm
from events.set_up.rules import room_words

bp = Blueprint("set_up", __name__)
ORGANISE = "/events/<event_slug>/organise"


def _without_token(form: RoomForm | EventForm) -> dict[str, object]:
    return {name: value for name, value in form.data.items() if name != "csrf_token"}


@bp.route(f"{ORGANISE}/event", methods=["GET", "POST"])
@allow("set_up.change_event")
def change_event(event_slug: str) -> ResponseReturnValue:
    """Change what the event says about itself, and open or close registration."""
    found = queries.event_by_slug(event_slug)
    form = EventForm(obj=found)
    if form.validate_on_submit():
        try:
            actions.change_event(signed_in().person_id, event_slug, EventDetails(**_without_token(form)))  # type: ignore[arg-type]
        except Refused as no:
            form.refuse(no)
        else:
            notice("Saved.")
            return redirect(url_for("event_desk.view_desk", event_slug=event_slug), 303)
    return render_template("events/set_up/change_event.html", form=form, event=found), form.status


@bp.route(f"{ORGANISE}/rooms")
@allow("set_up.list_rooms")
def list_rooms(event_slug: str) -> ResponseReturnValue:
    """The rooms of the event."""
    found = queries.event_facts(event_slug)
    rooms = [
        {
            "room_id": room.id,
            "name": room.name,
            "capacity": room.capacity,
            "words": room_words(room.step_free, room.hearing_loop, room.note),
        }
        for room in queries.rooms_of(found.event_id)
    ]
    return render_template("events/set_up/list_rooms.html", event=found, rooms=rooms)


@bp.route(f"{ORGANISE}/rooms/add", methods=["GET", "POST"])
@allow("set_up.add_room")
def add_room(event_slug: str) -> ResponseReturnValue:
    """Add a room."""
    found, form = queries.event_facts(event_slug), RoomForm()
    if form.validate_on_submit():
        try:
            room = actions.add_room(signed_in().person_id, event_slug, **_without_token(form))  # type: ignore[arg-type]
        except Refused as no:
            form.refuse(no)
        else:
            notice(f"{room.name} is there.")
            return redirect(url_for("set_up.list_rooms", event_slug=event_slug), 303)
    return render_template("events/set_up/add_room.html", form=form, event=found), form.status


@bp.route(f"{ORGANISE}/rooms/<int:room_id>", methods=["GET", "POST"])
@allow("set_up.change_room")
def change_room(event_slug: str, room_id: int) -> ResponseReturnValue:
    """Change a room."""
    facts = queries.event_facts(event_slug)
    found = queries.room_of(facts.event_id, room_id)
    form = RoomForm(obj=found)
    if form.validate_on_submit():
        try:
            actions.change_room(signed_in().person_id, event_slug, room_id, **_without_token(form))  # type: ignore[arg-type]
        except Refused as no:
            form.refuse(no)
        else:
            notice("Saved.")
            return redirect(url_for("set_up.list_rooms", event_slug=event_slug), 303)
    return (
        render_template("events/set_up/change_room.html", form=form, event=facts, room=found),
        form.status,
    )
