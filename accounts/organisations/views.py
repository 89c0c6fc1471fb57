"""Finding, starting and joining an organisation, and who is in it."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.organisations import actions, queries
from accounts.organisations.forms import DecideJoinForm, JoinOrganisationForm, StartOrganisationForm
from accounts.sign_in.rules import safe_onward
from base.access import allow, may, signed_in
from base.errors import NotHere
from base.notices import notice

bp = Blueprint("organisations", __name__)


def _onward() -> str:
    return safe_onward(request.args.get("onward", "")) or url_for("home.mine")


@bp.route("/organisations")
@allow("organisations.choose_organisation")
def choose_organisation() -> ResponseReturnValue:
    """Find one's organisation by name, to join it, or start it."""
    words = request.args.get("name", "")[:100]
    me = signed_in().person_id
    return render_template(
        "accounts/organisations/choose_organisation.html",
        words=words,
        found=queries.find_organisations(words) if words.strip() else [],
        mine=queries.organisations_of(me),
        asked=queries.asked_to_join(me),
        onward=safe_onward(request.args.get("onward", "")),
    )


@bp.route("/organisations/start", methods=["GET", "POST"])
@allow("organisations.start_organisation")
def start_organisation() -> ResponseReturnValue:
    """Start an organisation that is not here yet."""
    form = StartOrganisationForm(name=request.args.get("name", ""))
    if form.carry_out(actions.start_organisation, signed_in().person_id):
        notice(f"{form.done.name} is on Chorus now, and you lead it here.")
        return redirect(_onward(), 303)
    return render_template("accounts/organisations/start_organisation.html", form=form), form.status


@bp.route("/organisations/<organisation_slug>/join", methods=["GET", "POST"])
@allow("organisations.join_organisation")
def join_organisation(organisation_slug: str) -> ResponseReturnValue:
    """Join an organisation, or ask its leads."""
    organisation = queries.organisation_by_slug(organisation_slug)
    form = JoinOrganisationForm()
    if form.carry_out(actions.join_organisation, signed_in().person_id, organisation_slug):
        if form.done == "member":
            notice(f"You have joined {organisation.name}.")
            return redirect(_onward(), 303)
        notice(
            f"We have asked the people who lead {organisation.name} here. You get an email when they answer."
        )
        return redirect(url_for("home.mine"), 303)
    return render_template(
        "accounts/organisations/join_organisation.html", form=form, organisation=organisation
    )


@bp.route("/organisations/<organisation_slug>")
@allow("organisations.view_organisation")
def view_organisation(organisation_slug: str) -> ResponseReturnValue:
    """Who is in an organisation; its leads decide about those who ask."""
    organisation = queries.organisation_by_slug(organisation_slug)
    people = queries.members_of(organisation.id)
    return render_template(
        "accounts/organisations/view_organisation.html",
        organisation=organisation,
        members=[one for one in people if one.state == "member"],
        asking=[one for one in people if one.state == "asked"],
        may_decide=may(signed_in(), "organisations.decide_join", organisation_slug=organisation_slug),
    )


@bp.route("/organisations/<organisation_slug>/people/<int:person_id>", methods=["GET", "POST"])
@allow("organisations.decide_join")
def decide_join(organisation_slug: str, person_id: int) -> ResponseReturnValue:
    """Decide about one person who asks to join."""
    organisation = queries.organisation_by_slug(organisation_slug)
    form = DecideJoinForm()
    try:
        decided = form.carry_out(actions.decide_join, signed_in().person_id, organisation_slug, person_id)
    except NotHere:
        notice("Nobody waits here any more: another lead has decided.", "info")
        return redirect(url_for("organisations.view_organisation", organisation_slug=organisation_slug), 303)
    if decided:
        notice("They are in now." if form.let_in.data else "They were not let in.")
        return redirect(url_for("organisations.view_organisation", organisation_slug=organisation_slug), 303)
    asking = queries.one_who_asks(organisation.id, person_id)
    return render_template(
        "accounts/organisations/decide_join.html", form=form, organisation=organisation, asking=asking
    )
