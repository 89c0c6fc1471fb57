"""The public pages of an event: the event and its day, a session, the calendar file."""

from __future__ import annotations

from functools import lru_cache

from flask import Blueprint, current_app, render_template
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from base import settings
from base.access import public
from base.answers import kept_while_same
from events.agenda.queries import event_and_sessions, visible_session
from events.agenda.rules import VisibleSession
from events.exchange.calendar_file import calendar_text
from events.places.rules import places_in
from events.programme.rules import days
from events.public_page.rules import state_words, states
from events.registration.rules import why_not_register
from events.set_up.queries import event_facts
from events.set_up.rules import EventFacts
from outside import clock

bp = Blueprint("public_page", __name__)


@bp.route("/events/<event_slug>")
@public("Everybody may see an event; what is under embargo shows its covering title only")
def view_event(event_slug: str) -> ResponseReturnValue:
    """The event and its day."""
    now = clock.now()
    event, sessions = event_and_sessions(event_slug, now)
    # Drawing the page takes longer than all the rest, and most visitors of a minute see the same one. What it
    # is drawn from was read a moment ago and is the key, so a booking or an hour that has come makes another
    # page.
    body = _event_body(
        event,
        sessions,
        tuple(states(sessions, now).items()),
        state_words(event, now),
        why_not_register(event, now) is None,
    )
    return render_template("events/public_page/view_event.html", event=event, body=body)


@lru_cache(maxsize=64)
def _event_body(
    event: EventFacts,
    sessions: tuple[VisibleSession, ...],
    state: tuple[tuple[int, str], ...],
    words: str,
    may_register: bool,
) -> Markup:
    drawn = current_app.jinja_env.get_template("events/public_page/event_body.html").render(
        event=event,
        days=days(sessions, dict(state)),
        places={one.session_id: places_in(one) for one in sessions if one.places is not None},
        words=words,
        may_register=may_register,
    )
    return Markup(drawn)  # noqa: S704 - our own template, which escapes what it is given


@bp.route("/events/<event_slug>/sessions/<int:session_id>")
@public("Everybody may see a session; what is under embargo shows its covering title only")
def view_session(event_slug: str, session_id: int) -> ResponseReturnValue:
    """One session."""
    now = clock.now()
    event = event_facts(event_slug)
    session = visible_session(event.event_id, session_id, now)
    return render_template(
        "events/public_page/view_session.html",
        event=event,
        session=session,
        places=places_in(session) if session.places is not None else None,
        bookable=session.places is not None
        and session.starts_at > now
        and why_not_register(event, now) is None,
    )


@bp.route("/events/<event_slug>/calendar.ics")
@public("What the event's page shows, for calendars")
def calendar(event_slug: str) -> ResponseReturnValue:
    """The event and its sessions as a calendar file."""
    event, sessions = event_and_sessions(event_slug, clock.now())
    text = calendar_text(event, sessions, settings.current().public_address)
    return kept_while_same(text.encode(), "text/calendar", f"{event.slug}.ics", "attachment")
