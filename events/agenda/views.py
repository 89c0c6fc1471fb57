"""The organiser's pages about sessions, and removing a room that no session needs."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from base.access import allow, signed_in
from base.notices import notice
from base.pages import asked
from events.agenda import actions, queries
from events.agenda.forms import RemoveRoomForm, RemoveSessionForm, SessionForm
from events.agenda.rules import KINDS, is_hidden
from events.set_up.queries import event_facts, room_of, rooms_of
from outside import clock

bp = Blueprint("agenda", __name__)
ORGANISE = "/events/<event_slug>/organise"


def _rooms(event_id: int) -> Sequence[tuple[int, str]]:
    return [(room.id, f"{room.name} ({room.capacity} people)") for room in rooms_of(event_id)]


@bp.route(f"{ORGANISE}/sessions")
@allow("agenda.list_sessions")
def list_sessions(event_slug: str) -> ResponseReturnValue:
    """The agenda as its organiser sees it: real titles, with what others see of them now."""
    event, now = event_facts(event_slug), clock.now()
    rooms = {str(room.id): room.name for room in rooms_of(event.event_id)}
    page = queries.sessions_listed(
        event.event_id, asked(request.args, filters={"kind": KINDS, "room": rooms})
    )
    return render_template(
        "events/agenda/list_sessions.html",
        event=event,
        page=page,
        hidden={one.session_id for one in page.rows if is_hidden(one.embargo_until, now)},
        rooms=rooms,
        kinds=KINDS,
    )


@bp.route(f"{ORGANISE}/sessions/add", methods=["GET", "POST"])
@allow("agenda.add_session")
def add_session(event_slug: str) -> ResponseReturnValue:
    """Add a session."""
    event = event_facts(event_slug)
    form = SessionForm(data={"room_id": request.args.get("room", type=int), "starts_at": event.starts_at})
    form.room_id.choices = _rooms(event.event_id)
    if form.carry_out(actions.add_session, signed_in().person_id, event_slug):
        notice(f"“{form.title.data}” is in the agenda.")
        return redirect(url_for("agenda.list_sessions", event_slug=event_slug), 303)
    return render_template("events/agenda/add_session.html", form=form, event=event), form.status


@bp.route(f"{ORGANISE}/sessions/<int:session_id>", methods=["GET", "POST"])
@allow("agenda.change_session")
def change_session(event_slug: str, session_id: int) -> ResponseReturnValue:
    """Change a session, or move it to another time or room."""
    event = event_facts(event_slug)
    session = queries.full_session(event.event_id, session_id)
    form = SessionForm.of(session)
    form.room_id.choices = _rooms(event.event_id)
    if form.carry_out(actions.change_session, signed_in().person_id, event_slug, session_id):
        notice("Saved. The public page shows it now; the programme is made again.")
        return redirect(url_for("agenda.list_sessions", event_slug=event_slug), 303)
    page = render_template("events/agenda/change_session.html", form=form, event=event, session=session)
    return page, form.status


@bp.route(f"{ORGANISE}/sessions/<int:session_id>/remove", methods=["GET", "POST"])
@allow("agenda.remove_session")
def remove_session(event_slug: str, session_id: int) -> ResponseReturnValue:
    """Remove a session that nobody has chosen."""
    event = event_facts(event_slug)
    session, form = queries.full_session(event.event_id, session_id), RemoveSessionForm()
    if form.carry_out(actions.remove_session, signed_in().person_id, event_slug, session_id):
        notice(f"“{session.title}” is no longer in the agenda.")
        return redirect(url_for("agenda.list_sessions", event_slug=event_slug), 303)
    page = render_template("events/agenda/remove_session.html", form=form, event=event, session=session)
    return page, form.status


@bp.route(f"{ORGANISE}/rooms/<int:room_id>/remove", methods=["GET", "POST"])
@allow("agenda.remove_room")
def remove_room(event_slug: str, room_id: int) -> ResponseReturnValue:
    """Remove a room in which nothing is planned."""
    event = event_facts(event_slug)
    room, form = room_of(event.event_id, room_id), RemoveRoomForm()
    if form.carry_out(actions.remove_room, signed_in().person_id, event_slug, room_id):
        notice("The room is gone.")
        return redirect(url_for("set_up.list_rooms", event_slug=event_slug), 303)
    return render_template("events/agenda/remove_room.html", form=form, event=event, room=room), form.status
