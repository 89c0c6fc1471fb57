"""Registering without an account, the personal link, and the organiser's lists."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from base.access import allow, public, signed_in
from base.answers import sheet
from base.display import day_year
from base.errors import Refused
from base.notices import notice
from base.pages import Asked, asked
from events.agenda.rules import VisibleSession
from events.places.rules import bookable, by_time, why_not_choose
from events.registration import actions, lists, queries, rules
from events.registration.forms import CancelForm, ChangeNeedsForm, ManageForm, RegisterForm
from events.set_up.queries import event_facts
from events.set_up.rules import EventFacts
from outside import clock

Groups = tuple[tuple[VisibleSession, ...], ...]
bp = Blueprint("registration", __name__)
LINK = "/registrations/<token>"
ORGANISE = "/events/<event_slug>/organise"
REGISTERED = "registered"


def _needs_deleted(event: EventFacts) -> str:
    return day_year(event.ends_at + rules.NEEDS_KEPT)


@bp.route("/events/<event_slug>/register", methods=["GET", "POST"])
@public("Everybody may register, without an account")
def register(event_slug: str) -> ResponseReturnValue:
    """Register on one page."""
    form = RegisterForm() if request.method == "POST" else None
    if form and form.validate_on_submit():
        try:
            outcome = actions.register(
                event_slug,
                email=form.email.data,
                badge_name=form.badge_name.data,
                workshops=form.workshops.data,
                access=form.access_line,
                dietary=form.dietary_line,
            )
        except Refused as no:
            form.refuse(no)
        else:
            # In the browser's own signed cookie: no secret, and nothing about anybody else, is in the
            # address.
            session[REGISTERED] = [event_slug, form.email.data, outcome.position, outcome.workshops]
            return redirect(url_for("registration.registered", event_slug=event_slug), 303)
    return _register_page(event_slug, form)


def _register_page(event: str, form: RegisterForm | None) -> ResponseReturnValue:
    """The page with what was sent, or with an empty form."""
    now = clock.now()
    offer = queries.offer(event, now)
    offered = bookable(offer.sessions, now)
    if form and not form.workshops.errors:
        # Whatever else is wrong, two workshops at a time are said at once, not only after that is put right.
        why = why_not_choose(form.workshops.data or (), offered)
        if why:
            form.refuse(why, "workshops")
    groups = tuple(tuple(group) for group in by_time(offered))
    deleted = _needs_deleted(offer.event)
    return (
        render_template(
            "events/registration/register.html",
            event=offer.event,
            refusal=rules.why_not_register(offer.event, now) or "",
            fields=_fields(form, groups, deleted) if form else _empty_fields(groups, deleted),
            form=form,
        ),
        form.status if form else 200,
    )


def _fields(form: RegisterForm, groups: Groups, deleted: str) -> Markup:
    values = {"form": form, "groups": groups, "deleted": deleted}
    return Markup(render_template("events/registration/register_fields.html", **values))  # noqa: S704 - ours


@lru_cache(maxsize=64)
def _empty_fields(groups: Groups, deleted: str) -> Markup:
    """The fields before anything is typed. Hundreds open this page in the minute in which registration opens.

    The key is all that is drawn, places left included, so nobody sees an older state than the database's.
    """
    return _fields(RegisterForm(), groups, deleted)


@bp.route("/events/<event_slug>/registered")
@public("Says what happened to who has just registered; it is kept in their own browser")
def registered(event_slug: str) -> ResponseReturnValue:
    """What registering has led to; the same for an address that was registered before."""
    kept = session.get(REGISTERED)
    if not kept or kept[0] != event_slug:
        return redirect(url_for("registration.register", event_slug=event_slug))
    _, email, position, workshops = kept
    return render_template(
        "events/registration/registered.html",
        event=event_facts(event_slug),
        email=email,
        position=rules.ordinal(position) if position else "",
        workshops=[(title, rules.ordinal(place) if place else "") for title, place in workshops],
    )


@bp.route(LINK, methods=["GET", "POST"])
@public("Who holds the personal link from the mail may see and change that registration")
def manage_registration(token: str) -> ResponseReturnValue:
    """One's own registration; what one needs is never shown, only that it is noted."""
    now = clock.now()
    mine = queries.registration_of_link(token, now)
    offer = queries.offer(mine.event, now)
    form = ManageForm(data={"badge_name": mine.badge_name, "workshops": mine.chosen})
    if form.validate_on_submit():
        try:
            actions.change_registration(token, form.badge_name.data, form.workshops.data)
        except Refused as no:
            form.refuse(no)
        else:
            notice("Saved. If your workshops changed, we have sent you a mail with the new calendar file.")
            return redirect(url_for("registration.manage_registration", token=token), 303)
    choosable = [one for one in offer.sessions if one.session_id in mine.chosen]
    choosable += [one for one in bookable(offer.sessions, now) if one.session_id not in mine.chosen]
    return (
        render_template(
            "events/registration/manage_registration.html",
            event=offer.event,
            mine=mine,
            held={one.session_id: one for one in mine.choices},
            place=rules.ordinal(mine.position),
            places={one.session_id: rules.ordinal(one.position) for one in mine.choices},
            groups=by_time(choosable),
            refusal=rules.why_not_change(mine.state, offer.event.ends_at, now) or "",
            form=form,
            token=token,
        ),
        form.status,
    )


@bp.route(f"{LINK}/needs", methods=["GET", "POST"])
@public("Who holds the personal link from the mail may say anew what they need")
def change_needs(token: str) -> ResponseReturnValue:
    """Say anew what one needs; what was said before is replaced unseen."""
    now = clock.now()
    mine, form = queries.registration_of_link(token, now), ChangeNeedsForm()
    event = event_facts(mine.event)
    if form.validate_on_submit():
        try:
            actions.change_needs(token, form.access_line, form.dietary_line)
        except Refused as no:
            form.refuse(no)
        else:
            noted = form.access_line or form.dietary_line
            notice("We have noted what you need." if noted else "What you had noted is deleted.")
            return redirect(url_for("registration.manage_registration", token=token), 303)
    return (
        render_template(
            "events/registration/change_needs.html",
            event=event,
            mine=mine,
            deleted=_needs_deleted(event),
            form=form,
            token=token,
        ),
        form.status,
    )


@bp.route(f"{LINK}/cancel", methods=["GET", "POST"])
@public("Who holds the personal link from the mail may cancel; opening the page cancels nothing")
def cancel_registration(token: str) -> ResponseReturnValue:
    """A button that cancels."""
    now = clock.now()
    mine, form = queries.registration_of_link(token, now), CancelForm()
    event = event_facts(mine.event)
    if form.validate_on_submit():
        try:
            actions.cancel_registration(token)
        except Refused as no:
            form.refuse(no)
        else:
            notice("You have cancelled. Thank you for saying so: your place goes to somebody else.")
            return redirect(url_for("public_page.view_event", event_slug=mine.event), 303)
    return (
        render_template(
            "events/registration/cancel_registration.html",
            event=event,
            mine=mine,
            refusal=rules.why_not_change(mine.state, event.ends_at, now) or "",
            form=form,
            token=token,
        ),
        form.status,
    )


@bp.route(f"{ORGANISE}/registrations")
@allow("registration.list_registrations")
def list_registrations(event_slug: str) -> ResponseReturnValue:
    """Who is registered, with their workshops; never with what they need."""
    facts = event_facts(event_slug)
    return render_template(
        "events/registration/list_registrations.html",
        event=facts,
        page=lists.registrations_of(facts.event_id, _asked(request.args)),
        states=rules.IN_LISTS,
        sorts=rules.SORTS,
    )


def _asked(given: Mapping[str, str]) -> Asked:
    return asked(given, rules.SORTS, {"state": rules.IN_LISTS})


@bp.route(f"{ORGANISE}/registrations/file", methods=["POST"])
@allow("registration.export_registrations")
def export_registrations(event_slug: str) -> ResponseReturnValue:
    """The list as a file, as it is searched and filtered."""
    rows = actions.export_registrations(signed_in().person_id, event_slug, _asked(request.form))
    return sheet(f"registrations-{event_slug}.csv", lists.COLUMNS, (one.cells for one in rows))


@bp.route(f"{ORGANISE}/needs")
@allow("registration.list_needs")
def list_needs(event_slug: str) -> ResponseReturnValue:
    """What people need, apart from who they are: counts first, then one line for each registration."""
    facts = event_facts(event_slug)
    needs = lists.needs_of(facts.event_id)
    return render_template(
        "events/registration/list_needs.html",
        event=facts,
        needs=needs,
        access=lists.how_often([one.access for one in needs]),
        dietary=lists.how_often([one.dietary for one in needs]),
        deleted_at=facts.ends_at + rules.NEEDS_KEPT,
    )
