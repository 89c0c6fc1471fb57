"""The door: who is expected, who is here."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from base.access import allow, signed_in
from base.errors import Refused
from base.notices import notice
from events.door import actions, queries
from events.door.forms import CheckInForm
from events.set_up.queries import event_facts

bp = Blueprint("door", __name__)


def _words() -> str:
    return request.args.get("words", "")[:100]


def _page(event: str, form: CheckInForm) -> ResponseReturnValue:
    facts = event_facts(event)
    here, expected = queries.count_arrivals(facts.event_id)
    return (
        render_template(
            "events/door/list_arrivals.html",
            event=facts,
            arrivals=queries.arrivals(facts.event_id, _words()),
            here=here,
            expected=expected,
            words=_words(),
            form=form,
        ),
        form.status,
    )


def _do(event: str, action: Callable[[int, str, str], str], done: str) -> ResponseReturnValue:
    form = CheckInForm()
    if form.validate_on_submit():
        try:
            name = action(signed_in().person_id, event, form.reference.data)
        except Refused as no:
            form.refuse(no)
        else:
            notice(done.format(name=name))
            return redirect(url_for("door.list_arrivals", event_slug=event, words=_words() or None), 303)
    return _page(event, form)


@bp.route("/events/<event_slug>/door")
@allow("door.list_arrivals")
def list_arrivals(event_slug: str) -> ResponseReturnValue:
    """Who is expected, by name or reference."""
    return _page(event_slug, CheckInForm())


@bp.route("/events/<event_slug>/door/in", methods=["POST"])
@allow("door.check_in")
def check_in(event_slug: str) -> ResponseReturnValue:
    """Check somebody in."""
    return _do(event_slug, actions.check_in, "{name} is here.")


@bp.route("/events/<event_slug>/door/undo", methods=["POST"])
@allow("door.undo_check_in")
def undo_check_in(event_slug: str) -> ResponseReturnValue:
    """Take a check-in back."""
    return _do(event_slug, actions.undo_check_in, "{name} is no longer checked in.")
