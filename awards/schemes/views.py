"""The public front of a scheme, its questions, and its hours for the organiser."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from awards.schemes import actions, queries, rules
from awards.schemes.forms import ChangeHoursForm
from base.access import allow, public, signed_in
from base.notices import notice
from outside import clock

bp = Blueprint("schemes", __name__)


@bp.route("/awards/<scheme_slug>")
@public("What an award is about is for everybody")
def view_scheme(scheme_slug: str) -> ResponseReturnValue:
    """The front of a scheme: what, when, the categories, how it is judged, last year's winners."""
    scheme, now = queries.scheme_by_slug(scheme_slug), clock.now()
    questions = queries.questions_of(scheme)
    limits = [one.kind.most_words(one.words) for one in questions if one.required]
    words = sum(limits)
    return render_template(
        "awards/schemes/view_scheme.html",
        scheme=scheme,
        phase=rules.phase(scheme.hours, now),
        state_words=rules.state_words(scheme.hours, now),
        next_hour=rules.next_hour(scheme.hours, now),
        steps=rules.steps(scheme.hours, scheme.ceremony_place, now),
        categories=queries.categories_of(scheme.id),
        criteria=queries.criteria_of(scheme.id),
        lead=queries.lead_organisation(scheme),
        last_year=queries.announced_before(scheme, now),
        texts=len([limit for limit in limits if limit]),
        words=words,
        hours_of_work=rules.hours_of_work(words),
    )


@bp.route("/awards/<scheme_slug>/questions")
@public("Everybody may read the questions before they start")
def read_questions(scheme_slug: str) -> ResponseReturnValue:
    """All questions of a scheme, what judges look at and the scale they mark on."""
    scheme = queries.scheme_by_slug(scheme_slug)
    return render_template(
        "awards/schemes/read_questions.html",
        scheme=scheme,
        phase=rules.phase(scheme.hours, clock.now()),
        questions=queries.questions_of(scheme),
        criteria=queries.criteria_of(scheme.id),
        scale=queries.scale_of(scheme.id),
        categories=queries.categories_of(scheme.id),
    )


@bp.route("/awards/<scheme_slug>/categories/<category_slug>")
@public("What a category is about is for everybody")
def view_category(scheme_slug: str, category_slug: str) -> ResponseReturnValue:
    """One category: who it is for, what is asked, and the way to start."""
    scheme = queries.scheme_by_slug(scheme_slug)
    return render_template(
        "awards/schemes/view_category.html",
        scheme=scheme,
        category=queries.category_by_slug(scheme, category_slug),
        phase=rules.phase(scheme.hours, clock.now()),
        questions=queries.questions_of(scheme),
        criteria=queries.criteria_of(scheme.id),
    )


@bp.route("/awards/<scheme_slug>/organise/hours", methods=["GET", "POST"])
@allow("schemes.change_hours")
def change_hours(scheme_slug: str) -> ResponseReturnValue:
    """The organiser moves the deadline and the other hours."""
    scheme = queries.scheme_by_slug(scheme_slug)
    form = ChangeHoursForm(obj=scheme)
    if form.carry_out(actions.change_hours, signed_in().person_id, scheme_slug, clock.now()):
        notice("The hours are saved. Everybody sees them from now on.")
        return redirect(url_for("scheme_desk.view_desk", scheme_slug=scheme_slug), 303)
    return render_template("awards/schemes/change_hours.html", form=form, scheme=scheme), form.status
