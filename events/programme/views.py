"""The printed programme: download it, have it made, watch its progress."""

from __future__ import annotations

from flask import Blueprint, jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from backstage.documents.queries import progress_of
from base.access import allow, public, signed_in
from base.answers import kept_while_same
from base.notices import notice
from events.agenda.queries import event_and_sessions
from events.programme import actions, queries
from events.programme.forms import MakeProgrammeForm
from events.set_up.queries import event_facts
from outside import clock, storage

bp = Blueprint("programme", __name__)


@bp.route("/events/<event_slug>/programme.pdf")
@public("The same as the event's page, for printing")
def download_programme(event_slug: str) -> ResponseReturnValue:
    """The programme, if one is made of exactly what may be shown now.

    Else a page that says it is being made.
    """
    facts, sessions = event_and_sessions(event_slug, clock.now())
    made = queries.programme_of(facts, sessions)
    try:
        content = storage.read(made.storage_name or "") if made else b""
    except FileNotFoundError:
        content = b""
    if not content:
        return render_template("events/programme/download_programme.html", event=facts)
    return kept_while_same(content, "application/pdf", f"{facts.slug}-programme.pdf")


@bp.route("/events/<event_slug>/organise/programme", methods=["POST"])
@allow("programme.make_programme")
def make_programme(event_slug: str) -> ResponseReturnValue:
    """Have the programme made from what may be shown now."""
    if MakeProgrammeForm().validate_on_submit():
        actions.make_programme(signed_in().person_id, event_slug)
        notice("The programme is being made.", "info")
    return redirect(url_for("event_desk.view_desk", event_slug=event_slug), 303)


@bp.route("/events/<event_slug>/organise/programme/<int:batch_id>")
@allow("programme.watch_programme")
def watch_programme(event_slug: str, batch_id: int) -> ResponseReturnValue:
    """How far the programme is, for the progress bar."""
    facts = event_facts(event_slug)
    return jsonify(queries.progress_words(progress_of(f"event:{facts.event_id}", batch_id)))
