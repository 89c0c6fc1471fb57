"""Saying anew what one needs, and what an event's organisers read of it."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from base.access import allow, public
from base.display import day_year
from base.notices import notice
from base.pages import asked
from events.needs import actions, queries, rules
from events.needs.forms import ChangeNeedsForm
from events.registration.queries import registration_of_link
from events.set_up.queries import event_facts
from outside import clock

bp = Blueprint("needs", __name__)


@bp.route("/registrations/<token>/needs", methods=["GET", "POST"])
@public("Who holds the personal link from the mail may say anew what they need")
def change_needs(token: str) -> ResponseReturnValue:
    """Say anew what one needs; what was said before is replaced unseen."""
    mine, form = registration_of_link(token, clock.now()), ChangeNeedsForm()
    event = event_facts(mine.event_slug)
    if form.carry_out(actions.change_needs, token):
        notice("We have noted what you need." if form.done else "What you had noted is deleted.")
        return redirect(url_for("my_registration.manage_registration", token=token), 303)
    return (
        render_template(
            "events/needs/change_needs.html",
            event=event,
            noted=queries.are_noted(mine.registration_id),
            deleted=day_year(event.ends_at + rules.NEEDS_KEPT),
            form=form,
            token=token,
        ),
        form.status,
    )


@bp.route("/events/<event_slug>/organise/needs")
@allow("needs.list_needs")
def list_needs(event_slug: str) -> ResponseReturnValue:
    """What people need, apart from who they are: counts first, then one line for each registration."""
    event = event_facts(event_slug)
    told = queries.needs_told(event.event_id)
    return render_template(
        "events/needs/list_needs.html",
        event=event,
        page=queries.needs_of(event.event_id, asked(request.args)),
        access=rules.how_often([one.access for one in told]),
        dietary=rules.how_often([one.dietary for one in told]),
        deleted_at=event.ends_at + rules.NEEDS_KEPT,
    )
