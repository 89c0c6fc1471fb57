"""The organiser's entries, rankings, decisions and their hours."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from awards.entries.rules import STATES
from awards.judging.queries import full_reads
from awards.marks.rules import said, why_careful
from awards.outcomes import actions, queries, rules
from awards.outcomes.forms import DecideOutcomeForm, SetHoursForm
from awards.planning.rules import STATE_WORDS
from awards.schemes.queries import categories_of, category_by_slug, criteria_of, scheme_by_slug
from backstage.answers.queries import items_of
from base.access import allow, signed_in
from base.answers import sheet
from base.notices import notice
from base.pages import Asked, asked
from outside import clock

bp = Blueprint("outcomes", __name__)
ORGANISE = "/awards/<scheme_slug>/organise"


@bp.route(f"{ORGANISE}/entries")
@allow("outcomes.list_entries")
def list_entries(scheme_slug: str) -> ResponseReturnValue:
    """Every entry of a scheme, to filter by category and state and to sort by a column."""
    scheme = scheme_by_slug(scheme_slug)
    categories = {category.slug: category.name for category in categories_of(scheme.id)}
    return render_template(
        "awards/outcomes/list_entries.html",
        scheme=scheme,
        page=queries.entries_of(scheme, _asked(request.args, categories)),
        categories=categories,
        sorts=rules.SORTS,
        figures=("reads", "mark"),
        states=STATES,
        outcomes=rules.OUTCOMES,
        said=said,
    )


def _asked(given: Mapping[str, str], categories: Collection[str]) -> Asked:
    return asked(given, rules.SORTS, {"category": categories, "state": STATES})


@bp.route(f"{ORGANISE}/entries/file", methods=["POST"])
@allow("outcomes.export_entries")
def export_entries(scheme_slug: str) -> ResponseReturnValue:
    """The list as a file, as it is searched, filtered and sorted."""
    scheme = scheme_by_slug(scheme_slug)
    wanted = _asked(request.form, {category.slug for category in categories_of(scheme.id)})
    rows = actions.export_entries(signed_in().person_id, scheme_slug, wanted)
    return sheet(f"entries-{scheme.slug}.csv", rules.COLUMNS, (row.cells for row in rows))


@bp.route(f"{ORGANISE}/entries/<reference>")
@allow("outcomes.view_entry")
def view_entry(scheme_slug: str, reference: str) -> ResponseReturnValue:
    """One entry with its answers, its reads, scores and comments, and what was decided."""
    scheme = scheme_by_slug(scheme_slug)
    entry = queries.entry_of(scheme, reference)
    return render_template(
        "awards/outcomes/view_entry.html",
        scheme=scheme,
        entry=entry,
        row=queries.entry_row(scheme, entry),
        answers=items_of(entry.answer_sheet_id),
        criteria=[line.criterion for line in criteria_of(scheme.id)],
        reads=full_reads(entry.id),
        decided=queries.outcome_of(entry.id),
        outcomes=rules.OUTCOMES,
        states=STATES,
        state_words=STATE_WORDS,
        said=said,
    )


@bp.route(f"{ORGANISE}/ranking")
@allow("outcomes.list_rankings")
def list_rankings(scheme_slug: str) -> ResponseReturnValue:
    """Every category: how far its reads are and what is decided."""
    scheme = scheme_by_slug(scheme_slug)
    return render_template(
        "awards/outcomes/list_rankings.html",
        scheme=scheme,
        categories=queries.categories_decided(scheme),
        between={
            outcome: kind.words
            for outcome, kind in rules.OUTCOMES.items()
            if outcome not in (rules.WINNER, rules.SHORTLISTED)
        },
    )


@bp.route(f"{ORGANISE}/ranking/<category_slug>")
@allow("outcomes.rank_category")
def rank_category(scheme_slug: str, category_slug: str) -> ResponseReturnValue:
    """A category's entries by raw weighted mean, with how far apart the judges are."""
    scheme = scheme_by_slug(scheme_slug)
    category = category_by_slug(scheme, category_slug)
    ranked = queries.ranking_of(scheme, category)
    return render_template(
        "awards/outcomes/rank_category.html",
        scheme=scheme,
        category=category,
        page=queries.ranked_entries(scheme, ranked, asked(request.args)),
        careful=why_careful(ranked, scheme.shortlist_size),
        outcomes=rules.OUTCOMES,
        said=said,
    )


@bp.route(f"{ORGANISE}/entries/<reference>/outcome", methods=["GET", "POST"])
@allow("outcomes.decide_outcome")
def decide_outcome(scheme_slug: str, reference: str) -> ResponseReturnValue:
    """Decide about one entry, with a reason."""
    scheme = scheme_by_slug(scheme_slug)
    entry = queries.entry_of(scheme, reference)
    decided = queries.outcome_of(entry.id)
    form = DecideOutcomeForm(
        outcome=decided.outcome if decided else rules.SHORTLISTED, reason=decided.reason if decided else ""
    )
    row = queries.entry_row(scheme, entry)
    if form.carry_out(actions.decide_outcome, signed_in().person_id, scheme_slug, reference):
        notice("The decision is kept. Nobody outside sees it before its hour.")
        ranking = url_for("outcomes.rank_category", scheme_slug=scheme_slug, category_slug=row.category_slug)
        return redirect(ranking, 303)
    now = clock.now()
    about = queries.deciding_about(scheme, entry, now)
    return (
        render_template(
            "awards/outcomes/decide_outcome.html",
            form=form,
            scheme=scheme,
            entry=entry,
            row=row,
            about=about,
            why_not=rules.why_not_decide_at_all(about, now),
            outcomes=rules.OUTCOMES,
            said=said,
        ),
        form.status,
    )


@bp.route(f"{ORGANISE}/announce", methods=["GET", "POST"])
@allow("outcomes.set_hours")
def set_hours(scheme_slug: str) -> ResponseReturnValue:
    """Set the hours at which outcomes are seen."""
    scheme = scheme_by_slug(scheme_slug)
    form = SetHoursForm(obj=scheme)
    if form.carry_out(actions.set_hours, signed_in().person_id, scheme_slug, clock.now()):
        notice("The hours are set. Until then nobody outside sees an outcome.")
        return redirect(url_for("outcomes.list_rankings", scheme_slug=scheme_slug), 303)
    return (
        render_template(
            "awards/outcomes/set_hours.html",
            form=form,
            scheme=scheme,
            undecided=queries.undecided_in(scheme),
        ),
        form.status,
    )
