"""The organiser's entries, rankings, decisions and their hours."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from awards.judging.panels import full_reads
from awards.judging.queries import all_answers, ruler_of, scale_of
from awards.judging.rules import STATE_WORDS, mark_of
from awards.outcomes import actions, queries, rules
from awards.outcomes.forms import DecideOutcomeForm, SetHoursForm
from awards.outcomes.queries import EntryRow
from awards.schemes.queries import categories_of, category_by_slug, criteria_of, scheme_by_slug
from base.access import allow, signed_in
from base.errors import Refused
from base.notices import notice
from outside import clock

bp = Blueprint("outcomes", __name__)
ORGANISE = "/awards/<scheme_slug>/organise"

ENTRY_STATES = {"submitted": "Sent in", "draft": "Draft", "withdrawn": "Withdrawn"}
SORTS: dict[str, tuple[str, Callable[[EntryRow], Any]]] = {
    "reference": ("Reference", lambda row: row.reference),
    "title": ("Entry", lambda row: row.title.casefold()),
    "organisation": ("Organisation", lambda row: row.organisation.casefold()),
    "category": ("Category", lambda row: row.category.casefold()),
    "reads": ("Reads#", lambda row: (-len(row.marks.marks), row.reference)),
    "mark": ("Mark#", lambda row: (1 if row.marks.mean is None else -row.marks.mean, row.reference)),
}


@bp.route(f"{ORGANISE}/entries")
@allow("outcomes.list_entries")
def list_entries(scheme_slug: str) -> ResponseReturnValue:
    """Every entry of a scheme, to filter by category and state and to sort by a column."""
    found = scheme_by_slug(scheme_slug)
    category, state = request.args.get("category", ""), request.args.get("state", "")
    sort = request.args.get("sort", "") if request.args.get("sort") in SORTS else "reference"
    state = state if state in ENTRY_STATES else ""
    return render_template(
        "awards/outcomes/list_entries.html",
        scheme=found,
        rows=sorted(queries.entries_of(found, category, state), key=SORTS[sort][1]),
        categories=categories_of(found.id),
        category=category,
        state=state,
        sort=sort,
        sorts={key: words for key, (words, _) in SORTS.items()},
        states=ENTRY_STATES,
        outcomes=rules.OUTCOMES,
        said=rules.said,
    )


@bp.route(f"{ORGANISE}/entries/<reference>")
@allow("outcomes.view_entry")
def view_entry(scheme_slug: str, reference: str) -> ResponseReturnValue:
    """One entry with its answers, its reads, scores and comments, and what was decided."""
    found = scheme_by_slug(scheme_slug)
    entry = queries.entry_of(found, reference)
    ruler = ruler_of(found.id)
    reads = full_reads(entry.id)
    marks = {
        read.read_id: mark_of(
            {key: score.value for key, score in read.scores.items() if score.value is not None}, ruler
        )
        for read in reads
        if read.state == "done"
    }
    return render_template(
        "awards/outcomes/view_entry.html",
        scheme=found,
        entry=entry,
        row=queries.entry_row(found, entry),
        answers=all_answers(found.question_set_id, entry.answer_sheet_id),
        criteria=[line.criterion for line in criteria_of(found.id)],
        scale=scale_of(found.id),
        reads=reads,
        marks=marks,
        outcome=queries.outcome_of(entry.id),
        outcomes=rules.OUTCOMES,
        states=ENTRY_STATES,
        state_words=STATE_WORDS,
        said=rules.said,
    )


@bp.route(f"{ORGANISE}/ranking")
@allow("outcomes.list_rankings")
def list_rankings(scheme_slug: str) -> ResponseReturnValue:
    """Every category: how far its reads are and what is decided."""
    found = scheme_by_slug(scheme_slug)
    return render_template(
        "awards/outcomes/list_rankings.html", scheme=found, categories=queries.categories_decided(found)
    )


@bp.route(f"{ORGANISE}/ranking/<category_slug>")
@allow("outcomes.rank_category")
def rank_category(scheme_slug: str, category_slug: str) -> ResponseReturnValue:
    """A category's entries by raw weighted mean, with how far apart the judges are."""
    found = scheme_by_slug(scheme_slug)
    place = category_by_slug(found, category_slug)
    ranking = queries.ranking_of(found, place)
    return render_template(
        "awards/outcomes/rank_category.html",
        scheme=found,
        category=place,
        ranking=ranking,
        careful=rules.why_careful([one.ranked for one in ranking], found.shortlist_size),
        outcomes=rules.OUTCOMES,
        said=rules.said,
    )


@bp.route(f"{ORGANISE}/entries/<reference>/outcome", methods=["GET", "POST"])
@allow("outcomes.decide_outcome")
def decide_outcome(scheme_slug: str, reference: str) -> ResponseReturnValue:
    """Decide about one entry, with a reason."""
    found = scheme_by_slug(scheme_slug)
    entry = queries.entry_of(found, reference)
    decided = queries.outcome_of(entry.id)
    form = DecideOutcomeForm(
        outcome=decided.outcome if decided else "shortlisted", reason=decided.reason if decided else ""
    )
    row = queries.entry_row(found, entry)
    if form.validate_on_submit():
        try:
            actions.decide_outcome(
                signed_in().person_id,
                scheme_slug,
                reference,
                form.wanted,
                form.reason.data or "",
                form.joint.data,
            )
        except Refused as no:
            form.refuse(no)
        else:
            notice("The decision is kept. Nobody outside sees it before its hour.")
            there = url_for(
                "outcomes.rank_category", scheme_slug=scheme_slug, category_slug=row.category_slug
            )
            return redirect(there, 303)
    about = queries.deciding_about(found, entry, clock.now())
    return (
        render_template(
            "awards/outcomes/decide_outcome.html",
            form=form,
            scheme=found,
            entry=entry,
            row=row,
            about=about,
            cannot=_cannot_at_all(about),
            outcomes=rules.OUTCOMES,
            said=rules.said,
        ),
        form.status,
    )


def _cannot_at_all(about: rules.Deciding) -> str | None:
    """Why nothing can be decided about this entry, whatever one would choose."""
    why = [
        rules.why_not_decide(about, outcome, "because", joint=True, now=clock.now())
        for outcome in rules.MOVES[about.current]
    ]
    return why[0][0] if why and all(one and not one[1] for one in why) and why[0] else None


@bp.route(f"{ORGANISE}/announce", methods=["GET", "POST"])
@allow("outcomes.set_hours")
def set_hours(scheme_slug: str) -> ResponseReturnValue:
    """Set the hours at which outcomes are seen."""
    found = scheme_by_slug(scheme_slug)
    form = SetHoursForm(obj=found)
    if form.validate_on_submit():
        try:
            actions.set_hours(
                signed_in().person_id, scheme_slug, clock.now(), form.shortlist_at.data, form.winners_at.data
            )
        except Refused as no:
            form.refuse(no)
        else:
            notice("The hours are set. Until then nobody outside sees an outcome.")
            return redirect(url_for("outcomes.list_rankings", scheme_slug=scheme_slug), 303)
    return (
        render_template(
            "awards/outcomes/set_hours.html",
            form=form,
            scheme=found,
            categories=queries.categories_decided(found),
        ),
        form.status,
    )
