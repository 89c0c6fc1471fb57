"""The organiser's list of registrations, on a page and as a file."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from base.access import allow, signed_in
from base.answers import sheet
from base.pages import Asked, asked
from events.registration import actions, queries, rules
from events.set_up.queries import event_facts

bp = Blueprint("registration", __name__)
LIST = "/events/<event_slug>/organise/registrations"


@bp.route(LIST)
@allow("registration.list_registrations")
def list_registrations(event_slug: str) -> ResponseReturnValue:
    """Who is registered, with their workshops; never with what they need."""
    event = event_facts(event_slug)
    return render_template(
        "events/registration/list_registrations.html",
        event=event,
        page=queries.registrations_of(event.event_id, _asked(request.args)),
        states=rules.IN_LISTS,
        sorts=rules.SORTS,
    )


def _asked(given: Mapping[str, str]) -> Asked:
    return asked(given, rules.SORTS, {"state": rules.IN_LISTS})


@bp.route(f"{LIST}/file", methods=["POST"])
@allow("registration.export_registrations")
def export_registrations(event_slug: str) -> ResponseReturnValue:
    """The list as a file, as it is searched and filtered."""
    rows = actions.export_registrations(signed_in().person_id, event_slug, _asked(request.form))
    return sheet(f"registrations-{event_slug}.csv", queries.COLUMNS, (one.cells for one in rows))
