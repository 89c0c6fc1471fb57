"""The door: who is expected, who is here."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from base.access import allow, signed_in
from base.notices import notice
from base.pages import Asked, asked
from events.door import actions, queries
from events.door.forms import CheckInForm
from events.set_up.queries import event_facts

bp = Blueprint("door", __name__)


# Few enough for a phone in a hand; the search finds everybody.
PER_PAGE = 25


def _asked() -> Asked:
    return asked(request.args, per_page=PER_PAGE)


def _page(event_slug: str, form: CheckInForm) -> ResponseReturnValue:
    event = event_facts(event_slug)
    here, expected = queries.count_arrivals(event.event_id)
    return (
        render_template(
            "events/door/list_arrivals.html",
            event=event,
            page=queries.arrivals(event.event_id, _asked()),
            here=here,
            expected=expected,
            form=form,
        ),
        form.status,
    )


def _do(event_slug: str, action: Callable[..., str], done: str) -> ResponseReturnValue:
    """Carry out what a button stands for, and say so on the list that it stood in."""
    form = CheckInForm()
    if form.carry_out(action, signed_in().person_id, event_slug):
        notice(done.format(name=form.done))
        there = _asked()
        return redirect(url_for("door.list_arrivals", event_slug=event_slug) + there.link(there.page), 303)
    return _page(event_slug, form)


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
