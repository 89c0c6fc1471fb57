"""Oneself: the name, and what one can do here."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts.people import actions
from accounts.people.forms import ChangeNameForm
from base.access import allow, signed_in
from base.notices import notice

bp = Blueprint("people", __name__)


@bp.route("/me/name", methods=["GET", "POST"])
@allow("people.change_name")
def change_name() -> ResponseReturnValue:
    """Change the name that others see."""
    form = ChangeNameForm(name=signed_in().name)
    if form.carry_out(actions.change_name, signed_in().person_id):
        notice("Your name has been saved.")
        return redirect(url_for("home.mine"), 303)
    return render_template("accounts/people/change_name.html", form=form), form.status
