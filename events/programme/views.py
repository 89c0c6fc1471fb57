"""The printed programme: download it, have it made, watch its progress."""

from __future__ import annotations

from flask import Blueprint, jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from backstage.documents.queries import progress_of
from backstage.documents.rules import shown
from base.access import allow, public, signed_in
from base.answers import kept_while_same
from base.notices import notice
from events.agenda.queries import event_and_sessions
from events.programme import actions, queries
from events.programme.forms import MakeProgrammeForm
from events.programme.rules import progress_words
from events.set_up.queries import event_facts
from outside import clock, storage

bp = Blueprint("programme", __name__)


@bp.route("/events/<event_slug>/programme.pdf")
@public("What the event's page shows, for printing")
def download_programme(event_slug: str) -> ResponseReturnValue:
    """The programme made of exactly what may be shown now, or a page that says it is being made."""
    event, sessions = event_and_sessions(event_slug, clock.now())
    made = queries.programme_of(event, sessions)
    try:
        content = storage.read(made.storage_name or "") if made else b""
    except FileNotFoundError:
        content = b""
    if not content:
        return render_template("events/programme/download_programme.html", event=event)
    return kept_while_same(content, "application/pdf", f"{event.slug}-programme.pdf")


@bp.route("/events/<event_slug>/organise/programme", methods=["POST"])
@allow("programme.make_programme")
def make_programme(event_slug: str) -> ResponseReturnValue:
    """Have the programme made from what may be shown now."""
    if MakeProgrammeForm().carry_out(actions.make_programme, signed_in().person_id, event_slug):
        notice("The programme is being made.", "info")
    return redirect(url_for("event_desk.view_desk", event_slug=event_slug), 303)


@bp.route("/events/<event_slug>/organise/programme/<int:batch_id>")
@allow("programme.watch_programme")
def watch_programme(event_slug: str, batch_id: int) -> ResponseReturnValue:
    """How far the programme is, for the progress bar."""
    event = event_facts(event_slug)
    progress = progress_of(f"event:{event.event_id}", batch_id)
    return jsonify(shown(progress, progress_words(progress)))
