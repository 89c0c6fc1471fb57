"""The organiser's page that puts a person on a panel."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts.organisations.queries import find_organisations
from awards.panels import actions
from awards.panels.forms import AddJudgeForm
from awards.schemes.queries import category_by_slug, scheme_by_slug
from base.access import allow, signed_in
from base.notices import notice

bp = Blueprint("panels", __name__)


@bp.route("/awards/<scheme_slug>/organise/panels/<category_slug>/add", methods=["GET", "POST"])
@allow("panels.add_judge")
def add_judge(scheme_slug: str, category_slug: str) -> ResponseReturnValue:
    """Put a person on a panel."""
    scheme = scheme_by_slug(scheme_slug)
    category = category_by_slug(scheme, category_slug)
    form = AddJudgeForm()
    form.list_organisations((one.slug, one.name) for one in find_organisations("", most=2000))
    if form.carry_out(actions.add_judge, signed_in().person_id, scheme_slug, category_slug):
        notice("They are on the panel, and an invitation is on its way.")
        there = url_for("planning.manage_panel", scheme_slug=scheme_slug, category_slug=category_slug)
        return redirect(there, 303)
    page = render_template("awards/panels/add_judge.html", form=form, scheme=scheme, category=category)
    return page, form.status
