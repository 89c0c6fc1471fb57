"""The public pages of an event, its calendar and printed programme, and the organiser's desk."""

from __future__ import annotations

import hashlib
from functools import lru_cache

from flask import Blueprint, Response, current_app, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from backstage.documents.queries import Progress, progress_of
from base import settings
from base.access import allow, public, signed_in
from base.notices import notice
from events.agenda.calendar_file import calendar_text
from events.agenda.queries import visible_session
from events.agenda.rules import VisibleSession
from events.programme import actions, queries
from events.programme.desk import what_needs_you
from events.programme.forms import MakeProgrammeForm
from events.programme.rules import days, state_words, states
from events.registration.rules import why_not_register
from events.set_up.queries import event_facts
from events.set_up.rules import EventFacts
from outside import clock, storage

bp = Blueprint("programme", __name__)


@bp.route("/events/<event_slug>")
@public("Everybody may see an event; what is under embargo shows its covering title only")
def view_event(event_slug: str) -> ResponseReturnValue:
    """The event and its day."""
    now = clock.now()
    facts, sessions = queries.event_page(event_slug, now)
    # Drawing the page takes longer than all the rest, and most visitors of a minute see the same one. What it
    # is drawn from was read a moment ago and is the key, so a booking or an hour that has come makes another
    # page.
    body = _event_body(
        facts,
        sessions,
        tuple(states(sessions, now).items()),
        state_words(facts, now),
        why_not_register(facts, now) is None,
    )
    return render_template("events/programme/view_event.html", event=facts, body=body)


@lru_cache(maxsize=64)
def _event_body(
    event: EventFacts,
    sessions: tuple[VisibleSession, ...],
    state: tuple[tuple[int, str], ...],
    words: str,
    may_register: bool,
) -> Markup:
    drawn = current_app.jinja_env.get_template("events/programme/event_body.html").render(
        event=event, days=days(sessions, dict(state)), words=words, may_register=may_register
    )
    return Markup(drawn)  # noqa: S704 - our own template, which escapes what it is given


@bp.route("/events/<event_slug>/sessions/<int:session_id>")
@public("Everybody may see a session; what is under embargo shows its covering title only")
def view_session(event_slug: str, session_id: int) -> ResponseReturnValue:
    """One session."""
    now = clock.now()
    facts = event_facts(event_slug)
    found = visible_session(facts.event_id, session_id, now)
    return render_template(
        "events/programme/view_session.html",
        event=facts,
        session=found,
        bookable=found.places is not None and found.starts_at > now and why_not_register(facts, now) is None,
    )


@bp.route("/events/<event_slug>/calendar.ics")
@public("The same as the event's page, for calendars")
def calendar(event_slug: str) -> ResponseReturnValue:
    """The event and its sessions as a calendar file."""
    facts, sessions = queries.event_page(event_slug, clock.now())
    text = calendar_text(facts, sessions, settings.current().public_address)
    answer = Response(text, mimetype="text/calendar")
    answer.headers["Content-Disposition"] = f'attachment; filename="{facts.slug}.ics"'
    return _unless_known(answer, text.encode())


def _unless_known(answer: Response, content: bytes) -> Response:
    """The answer with an ETag of its own bytes, or 304; those come from what everybody may see now."""
    answer.set_etag(hashlib.sha256(content).hexdigest()[:32])
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.make_conditional(request)
    return answer


@bp.route("/events/<event_slug>/programme.pdf")
@public("The same as the event's page, for printing")
def download_programme(event_slug: str) -> ResponseReturnValue:
    """The programme, if one is made of exactly what may be shown now.

    Else a page that says it is being made.
    """
    facts, sessions = queries.event_page(event_slug, clock.now())
    made = queries.programme_of(facts, sessions)
    try:
        content = storage.read(made.storage_name or "") if made else b""
    except FileNotFoundError:
        content = b""
    if not content:
        return render_template("events/programme/download_programme.html", event=facts)
    answer = Response(content, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{facts.slug}-programme.pdf"'
    return _unless_known(answer, content)


@bp.route("/events/<event_slug>/organise")
@allow("programme.view_desk")
def view_desk(event_slug: str) -> ResponseReturnValue:
    """The organiser's desk: what needs them, then how things are."""
    now = clock.now()
    desk = queries.desk_of(event_slug, now)
    return render_template(
        "events/programme/view_desk.html",
        desk=desk,
        event=desk.event,
        words=state_words(desk.event, now),
        items=what_needs_you(desk),
        batch=_progress_words(desk.batch) if desk.batch else None,
    )


@bp.route("/events/<event_slug>/organise/programme", methods=["POST"])
@allow("programme.make_programme")
def make_programme(event_slug: str) -> ResponseReturnValue:
    """Have the programme made from what may be shown now."""
    if MakeProgrammeForm().validate_on_submit():
        actions.make_programme(signed_in().person_id, event_slug)
        notice("The programme is being made.", "info")
    return redirect(url_for("programme.view_desk", event_slug=event_slug), 303)


@bp.route("/events/<event_slug>/organise/programme/<int:batch_id>")
@allow("programme.watch_programme")
def watch_programme(event_slug: str, batch_id: int) -> ResponseReturnValue:
    """How far the programme is, for the progress bar."""
    facts = event_facts(event_slug)
    return jsonify(_progress_words(progress_of(f"event:{facts.event_id}", batch_id)))


def _progress_words(batch: Progress) -> dict[str, object]:
    if not batch.finished:
        state, words = "working", "The programme is being made"
    elif batch.failed:
        state, words = "failed", "It could not be made. Try again; if it fails again, tell the administrator"
    else:
        state, words = "done", "The programme is made"
    return {
        "batch": batch.batch_id,
        "done": batch.made + batch.failed,
        "total": batch.total,
        "state": state,
        "words": words,
    }
