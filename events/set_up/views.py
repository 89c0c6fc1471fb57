"""The organiser's pages about the event itself and its rooms."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from base.access import allow, signed_in
from base.notices import notice
from events.set_up import actions, queries
from events.set_up.forms import EventForm, RoomForm
from events.set_up.rules import room_words

bp = Blueprint("set_up", __name__)
ORGANISE = "/events/<event_slug>/organise"


@bp.route(f"{ORGANISE}/event", methods=["GET", "POST"])
@allow("set_up.change_event")
def change_event(event_slug: str) -> ResponseReturnValue:
    """Change what the event says about itself, and open or close registration."""
    event = queries.event_by_slug(event_slug)
    form = EventForm(obj=event)
    if form.carry_out(actions.change_event, signed_in().person_id, event_slug):
        notice("Saved.")
        return redirect(url_for("event_desk.view_desk", event_slug=event_slug), 303)
    return render_template("events/set_up/change_event.html", form=form, event=event), form.status


@bp.route(f"{ORGANISE}/rooms")
@allow("set_up.list_rooms")
def list_rooms(event_slug: str) -> ResponseReturnValue:
    """The rooms of the event."""
    event = queries.event_facts(event_slug)
    rooms = [
        {
            "room_id": room.id,
            "name": room.name,
            "capacity": room.capacity,
            "words": room_words(room.step_free, room.hearing_loop, room.note),
        }
        for room in queries.rooms_of(event.event_id)
    ]
    return render_template("events/set_up/list_rooms.html", event=event, rooms=rooms)


@bp.route(f"{ORGANISE}/rooms/add", methods=["GET", "POST"])
@allow("set_up.add_room")
def add_room(event_slug: str) -> ResponseReturnValue:
    """Add a room."""
    event, form = queries.event_facts(event_slug), RoomForm()
    if form.carry_out(actions.add_room, signed_in().person_id, event_slug):
        notice(f"{form.done.name} is there.")
        return redirect(url_for("set_up.list_rooms", event_slug=event_slug), 303)
    return render_template("events/set_up/add_room.html", form=form, event=event), form.status


@bp.route(f"{ORGANISE}/rooms/<int:room_id>", methods=["GET", "POST"])
@allow("set_up.change_room")
def change_room(event_slug: str, room_id: int) -> ResponseReturnValue:
    """Change a room."""
    event = queries.event_facts(event_slug)
    room = queries.room_of(event.event_id, room_id)
    form = RoomForm(obj=room)
    if form.carry_out(actions.change_room, signed_in().person_id, event_slug, room_id):
        notice("Saved.")
        return redirect(url_for("set_up.list_rooms", event_slug=event_slug), 303)
    page = render_template("events/set_up/change_room.html", form=form, event=event, room=room)
    return page, form.status
