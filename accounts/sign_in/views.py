"""Signing in by e-mail, and out again."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from accounts.sign_in import actions, queries, rules
from accounts.sign_in.forms import AskToSignInForm, EnterCodeForm, SignOutForm, UseLinkForm
from base.access import allow, public, signed_in
from base.notices import notice
from outside import clock

bp = Blueprint("sign_in", __name__)

DEVICE = "device"
ASKED = "asked"


def let_in(token: str, onward: str) -> Response:
    """Put the device token into a fresh session and go on."""
    session.clear()
    session.permanent = True
    session[DEVICE] = token
    return redirect(onward or url_for("home.mine"), 303)


@bp.route("/sign-in", methods=["GET", "POST"])
@public("Everybody may ask for a code")
def ask_to_sign_in() -> ResponseReturnValue:
    """Ask for a code and a link by e-mail."""
    form = AskToSignInForm()
    onward = request.args.get("onward", "")
    if form.carry_out(lambda email: actions.ask_to_sign_in(email, onward)):
        session[ASKED] = [form.done, *session.get(ASKED, [])][: rules.MOST_REQUESTS_AN_HOUR]
        session["asked_email"] = form.email.data
        return redirect(url_for("sign_in.enter_code"), 303)
    return render_template("accounts/sign_in/ask_to_sign_in.html", form=form), form.status


@bp.route("/sign-in/code", methods=["GET", "POST"])
@public("Who asked for a code may type it")
def enter_code() -> ResponseReturnValue:
    """Type the code that came by e-mail."""
    if ASKED not in session:
        return redirect(url_for("sign_in.ask_to_sign_in"))
    form = EnterCodeForm()
    if form.carry_out(actions.use_code, session[ASKED]):
        return let_in(*form.done)
    address = session.get("asked_email", "")
    return render_template("accounts/sign_in/enter_code.html", form=form, address=address), form.status


@bp.route("/sign-in/link/<token>", methods=["GET", "POST"])
@public("Who holds the link from the mail may use it; opening it changes nothing")
def use_link(token: str) -> ResponseReturnValue:
    """A button that signs in; opening the page does not."""
    form = UseLinkForm()
    if form.carry_out(actions.use_link, token):
        return let_in(*form.done)
    if form.form_errors:
        return render_template(
            "accounts/sign_in/use_link.html", form=form, email="", works=False
        ), form.status
    asked = queries.request_by_link(token)
    why_not = rules.why_not_use("link", 0, bool(asked.used_at), asked.expires_at, clock.now())
    return render_template(
        "accounts/sign_in/use_link.html", form=form, email=asked.email, works=why_not is None
    )


@bp.route("/sign-out", methods=["GET", "POST"])
@allow("sign_in.sign_out")
def sign_out() -> ResponseReturnValue:
    """A button that ends this browser's sign-in."""
    form = SignOutForm()
    if form.carry_out(actions.sign_out, signed_in().person_id, session.get(DEVICE, "")):
        session.clear()
        notice("You have signed out.")
        return redirect(url_for("home.front"), 303)
    return render_template("accounts/sign_in/sign_out.html", form=form)
