"""Registering without an account, and one's own registration behind the personal link."""

from __future__ import annotations

from functools import lru_cache

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from base.access import public
from base.display import day_year
from base.notices import notice
from events.agenda.rules import VisibleSession
from events.my_registration import actions
from events.my_registration.forms import CancelRegistrationForm, ManageRegistrationForm, RegisterForm
from events.needs.queries import are_noted
from events.needs.rules import NEEDS_KEPT
from events.places.rules import Position, Standing, places_at, places_in
from events.registration import queries, rules
from events.set_up.queries import event_facts
from outside import clock

Groups = tuple[tuple[VisibleSession, ...], ...]
bp = Blueprint("my_registration", __name__)
LINK = "/registrations/<token>"
# What this browser was told last, in its own signed cookie.
REGISTERED = "registered_as"


@bp.route("/events/<event_slug>/register", methods=["GET", "POST"])
@public("Everybody may register, without an account")
def register(event_slug: str) -> ResponseReturnValue:
    """Register on one page."""
    form = RegisterForm() if request.method == "POST" else None
    if form and form.carry_out(actions.register, event_slug):
        _keep(event_slug, form.email.data, form.done)
        return redirect(url_for("my_registration.registered", event_slug=event_slug), 303)
    now = clock.now()
    on = queries.what_is_on(event_slug, now)
    offered = rules.bookable(on.sessions, now)
    if form and not form.workshops.errors:
        # Whatever else is wrong, two workshops at a time are said at once, not only after that is put right.
        why_not = rules.why_not_choose(form.workshops.data or (), offered)
        if why_not:
            form.refuse(why_not)
    groups = tuple(tuple(group) for group in rules.by_time(offered))
    deleted = day_year(on.event.ends_at + NEEDS_KEPT)
    return (
        render_template(
            "events/my_registration/register.html",
            event=on.event,
            standing=places_at(on.event).for_newcomer,
            why_not=rules.why_not_register(on.event, now),
            fields=_fields(form, groups, deleted) if form else _empty_fields(groups, deleted),
            form=form,
        ),
        form.status if form else 200,
    )


def _keep(event_slug: str, email: str, told: rules.Registered) -> None:
    """Keep what the next page says in this browser: no secret, and nobody else's, is in its address."""
    session[REGISTERED] = {
        "event": event_slug,
        "email": email,
        "position": _number(told.standing),
        "workshops": [(title, _number(standing)) for title, standing in told.workshops],
    }


def _number(standing: Standing) -> int | None:
    """As it is kept in the cookie: the position in line, or nothing for a place."""
    return standing.number if isinstance(standing, Position) else None


def _fields(form: RegisterForm, groups: Groups, deleted: str) -> Markup:
    drawn = render_template(
        "events/my_registration/register_fields.html",
        form=form,
        groups=groups,
        places={one.session_id: places_in(one) for group in groups for one in group},
        deleted=deleted,
    )
    return Markup(drawn)  # noqa: S704 - our own template, which escapes what it is given


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
    if not kept or kept["event"] != event_slug:
        return redirect(url_for("my_registration.register", event_slug=event_slug))
    positions = [kept["position"], *(number for _, number in kept["workshops"])]
    position, *others = [Position(number) if number else None for number in positions]
    return render_template(
        "events/my_registration/registered.html",
        event=event_facts(event_slug),
        email=kept["email"],
        position=position,
        workshops=[(title, other) for (title, _), other in zip(kept["workshops"], others, strict=True)],
    )


@bp.route(LINK, methods=["GET", "POST"])
@public("Who holds the personal link from the mail may see and change that registration")
def manage_registration(token: str) -> ResponseReturnValue:
    """One's own registration; what one needs is never shown, only that it is noted."""
    now = clock.now()
    mine = queries.registration_of_link(token, now)
    on = queries.what_is_on(mine.event_slug, now)
    form = ManageRegistrationForm(data=vars(mine.details) | {"workshops": mine.chosen})
    if form.carry_out(actions.change_registration, token):
        notice("Saved. If your workshops changed, we have sent you a mail with the new calendar file.")
        return redirect(url_for("my_registration.manage_registration", token=token), 303)
    choosable = [one for one in on.sessions if one.session_id in mine.chosen]
    choosable += [one for one in rules.bookable(on.sessions, now) if one.session_id not in mine.chosen]
    return (
        render_template(
            "events/my_registration/manage_registration.html",
            event=on.event,
            mine=mine,
            needs_noted=are_noted(mine.registration_id),
            held={one.session_id: one for one in mine.choices},
            places={one.session_id: places_in(one) for one in choosable},
            groups=rules.by_time(choosable),
            why_not=rules.why_not_change(mine.state, on.event.ends_at, now),
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
    mine, form = queries.registration_of_link(token, now), CancelRegistrationForm()
    event = event_facts(mine.event_slug)
    if form.carry_out(actions.cancel_registration, token):
        notice("You have cancelled. Thank you for saying so: your place goes to somebody else.")
        return redirect(url_for("public_page.view_event", event_slug=mine.event_slug), 303)
    return (
        render_template(
            "events/my_registration/cancel_registration.html",
            event=event,
            mine=mine,
            why_not=rules.why_not_change(mine.state, event.ends_at, now),
            form=form,
            token=token,
        ),
        form.status,
    )
