"""The organiser's desk."""

from __future__ import annotations

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from backstage.documents.rules import shown
from base.access import allow
from events.event_desk import queries, rules
from events.programme.rules import progress_words
from events.public_page.rules import state_words
from outside import clock

bp = Blueprint("event_desk", __name__)

# Where each thing that needs the organiser is dealt with, and what the button says.
DEALT_WITH = {
    "needs": ("needs.list_needs", "See them"),
    "full": ("agenda.list_sessions", "Change places or rooms"),
    "twice": ("agenda.list_sessions", "Look at the sessions"),
    "surprise": ("agenda.list_sessions", "Check the hour"),
    "stale": ("", "Make the programme"),
}


@bp.route("/events/<event_slug>/organise")
@allow("event_desk.view_desk")
def view_desk(event_slug: str) -> ResponseReturnValue:
    """What needs the organiser, then how things are."""
    now = clock.now()
    desk = queries.desk_of(event_slug, now)
    needed = rules.todos(
        access_needs=desk.access_needs,
        full=desk.full,
        double_booked=desk.double_booked,
        secret=desk.secret,
        stale=bool(desk.sessions) and desk.programme is None,
    )
    return render_template(
        "events/event_desk/view_desk.html",
        desk=desk,
        event=desk.event,
        words=state_words(desk.event, now),
        items=[
            {
                "count": todo.count,
                "text": todo.text,
                "href": _dealt_with_at(todo.kind, event_slug),
                "action": DEALT_WITH[todo.kind][1],
            }
            for todo in needed
        ],
        shown=shown(desk.batch, progress_words(desk.batch)) if desk.batch else None,
    )


def _dealt_with_at(kind: str, event_slug: str) -> str:
    """The page that deals with it, or the part of this one."""
    endpoint = DEALT_WITH[kind][0]
    return url_for(endpoint, event_slug=event_slug) if endpoint else "#programme"
