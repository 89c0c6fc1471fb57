"""The organiser's pages about sessions, and removing a room that no session needs."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from base.access import allow, signed_in
from base.errors import Refused
from base.notices import notice
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
    facts, now = event_facts(event_slug), clock.now()
    sessions = [
        {"session": one, "hidden": is_hidden(one.embargo_until, now), "kind": KINDS[one.kind]}
        for one in queries.all_sessions(facts.event_id)
    ]
    rooms = _rooms(facts.event_id)
    return render_template("events/agenda/list_sessions.html", event=facts, sessions=sessions, rooms=rooms)


@bp.route(f"{ORGANISE}/sessions/add", methods=["GET", "POST"])
@allow("agenda.add_session")
def add_session(event_slug: str) -> ResponseReturnValue:
    """Add a session."""
    facts = event_facts(event_slug)
    form = SessionForm(data={"room_id": request.args.get("room", type=int), "starts_at": facts.starts_at})
    form.room_id.choices = _rooms(facts.event_id)
    if form.validate_on_submit():
        try:
            actions.add_session(signed_in().person_id, event_slug, form.plan())
        except Refused as no:
            form.refuse(no)
        else:
            notice(f"“{form.title.data}” is in the agenda.")
            return redirect(url_for("agenda.list_sessions", event_slug=event_slug), 303)
    return render_template("events/agenda/add_session.html", form=form, event=facts), form.status


@bp.route(f"{ORGANISE}/sessions/<int:session_id>", methods=["GET", "POST"])
@allow("agenda.change_session")
def change_session(event_slug: str, session_id: int) -> ResponseReturnValue:
    """Change a session, or move it to another time or room."""
    facts = event_facts(event_slug)
    found = queries.full_session(facts.event_id, session_id)
    form = SessionForm.of(found)
    form.room_id.choices = _rooms(facts.event_id)
    if form.validate_on_submit():
        try:
            actions.change_session(signed_in().person_id, event_slug, session_id, form.plan())
        except Refused as no:
            form.refuse(no)
        else:
            notice("Saved. The public page shows it now; the programme is made again.")
            return redirect(url_for("agenda.list_sessions", event_slug=event_slug), 303)
    return (
        render_template("events/agenda/change_session.html", form=form, event=facts, session=found),
        form.status,
    )


@bp.route(f"{ORGANISE}/sessions/<int:session_id>/remove", methods=["GET", "POST"])
@allow("agenda.remove_session")
def remove_session(event_slug: str, session_id: int) -> ResponseReturnValue:
    """Remove a session that nobody has chosen."""
    facts = event_facts(event_slug)
    found, form = queries.full_session(facts.event_id, session_id), RemoveSessionForm()
    if form.validate_on_submit():
        try:
            actions.remove_session(signed_in().person_id, event_slug, session_id)
        except Refused as no:
            form.refuse(no)
        else:
            notice(f"“{found.title}” is no longer in the agenda.")
            return redirect(url_for("agenda.list_sessions", event_slug=event_slug), 303)
    return (
        render_template("events/agenda/remove_session.html", form=form, event=facts, session=found),
        form.status,
    )


@bp.route(f"{ORGANISE}/rooms/<int:room_id>/remove", methods=["GET", "POST"])
@allow("agenda.remove_room")
def remove_room(event_slug: str, room_id: int) -> ResponseReturnValue:
    """Remove a room in which nothing is planned."""
    facts = event_facts(event_slug)
    found, form = room_of(facts.event_id, room_id), RemoveRoomForm()
    if form.validate_on_submit():
        try:
            actions.remove_room(signed_in().person_id, event_slug, room_id)
        except Refused as no:
            form.refuse(no)
        else:
            notice("The room is gone.")
            return redirect(url_for("set_up.list_rooms", event_slug=event_slug), 303)
    return render_template("events/agenda/remove_room.html", form=form, event=facts, room=found), form.status
