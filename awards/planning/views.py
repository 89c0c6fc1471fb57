"""The organiser's pages of panels and of who reads what, and the chair's of how far a panel is."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from awards.panels.queries import judges_of
from awards.planning import actions, queries, rules
from awards.planning.flow import explain, plan_evenly
from awards.planning.forms import AssignEvenlyForm, AssignReadsForm, RemoveJudgeForm
from awards.planning.rules import Board
from awards.schemes.queries import category_by_slug, scheme_by_slug
from awards.schemes.rules import Hours
from base.access import allow, signed_in
from base.display import plural
from base.errors import Refusal
from base.notices import notice
from base.pages import Asked, asked
from outside import clock

bp = Blueprint("planning", __name__)
PANELS = "/awards/<scheme_slug>/organise/panels"


def _why_not_assign(hours: Hours, board: Board) -> Refusal | None:
    """Why nothing can be assigned in a category now."""
    return rules.why_not_assign(hours, len(board.judges), len(board.entries), clock.now())


def _to(view: str, scheme_slug: str, category_slug: str) -> Response:
    """On to another page of the same category."""
    return redirect(url_for(f"planning.{view}", scheme_slug=scheme_slug, category_slug=category_slug), 303)


@bp.route(PANELS)
@allow("planning.list_panels")
def list_panels(scheme_slug: str) -> ResponseReturnValue:
    """Every category's panel: its judges, and how far the reads are."""
    scheme = scheme_by_slug(scheme_slug)
    panels = queries.panels_of(scheme)
    return render_template("awards/planning/list_panels.html", scheme=scheme, panels=panels)


@bp.route(f"{PANELS}/<category_slug>")
@allow("planning.manage_panel")
def manage_panel(scheme_slug: str, category_slug: str) -> ResponseReturnValue:
    """One panel: who judges, and the ways to assign the reads."""
    scheme = scheme_by_slug(scheme_slug)
    category = category_by_slug(scheme, category_slug)
    judges = queries.progress_of(category.id)
    entries = queries.entries_in(category.id)
    return render_template(
        "awards/planning/manage_panel.html",
        scheme=scheme,
        category=category,
        judges=judges,
        entries=entries,
        why_not=rules.why_not_assign(scheme.hours, len(judges), entries, clock.now()),
    )


@bp.route(f"{PANELS}/<category_slug>/judges/<int:judge_id>/remove", methods=["GET", "POST"])
@allow("planning.remove_judge")
def remove_judge(scheme_slug: str, category_slug: str, judge_id: int) -> ResponseReturnValue:
    """Take a person off a panel again."""
    scheme = scheme_by_slug(scheme_slug)
    category = category_by_slug(scheme, category_slug)
    judge = queries.progress_of_judge(category.id, judge_id)
    form = RemoveJudgeForm()
    if form.carry_out(actions.remove_judge, signed_in().person_id, scheme_slug, category_slug, judge_id):
        notice(f"{judge.name} is no longer on the panel.", "info")
        return _to("manage_panel", scheme_slug, category_slug)
    return (
        render_template(
            "awards/planning/remove_judge.html",
            form=form,
            scheme=scheme,
            category=category,
            judge=judge,
            why_not=rules.why_not_remove_judge(judge.reads + judge.recused),
        ),
        form.status,
    )


@bp.route(f"{PANELS}/<category_slug>/evenly", methods=["GET", "POST"])
@allow("planning.assign_evenly")
def assign_evenly(scheme_slug: str, category_slug: str) -> ResponseReturnValue:
    """See who would get how many reads, and assign them with one press."""
    scheme = scheme_by_slug(scheme_slug)
    category = category_by_slug(scheme, category_slug)
    form = AssignEvenlyForm()
    if form.carry_out(actions.assign_evenly, signed_in().person_id, scheme_slug, category_slug):
        reads = plural(len(form.done.pairs), "read")
        notice(f"{reads} handed out. The judges have been told by mail.")
        return _to("assign_reads", scheme_slug, category_slug)
    board = queries.board_of(scheme, category)
    plan = plan_evenly(board)
    return (
        render_template(
            "awards/planning/assign_evenly.html",
            form=form,
            scheme=scheme,
            category=category,
            board=board,
            plan=plan,
            shortfalls=explain(plan.shortfalls, board.judges),
            why_not=_why_not_assign(scheme.hours, board),
        ),
        form.status,
    )


def _reads_asked(judges: Mapping[str, str]) -> Asked:
    """Which part of who reads what is asked for: the fewer judges beside an entry, the more entries."""
    beside = 1 if request.args.get("judge") in judges else len(judges)
    filters = {"judge": judges, "reads": rules.NARROW}
    return asked(request.args, filters=filters, per_page=rules.entries_a_page(beside))


@bp.route(f"{PANELS}/<category_slug>/reads", methods=["GET", "POST"])
@allow("planning.assign_reads")
def assign_reads(scheme_slug: str, category_slug: str) -> ResponseReturnValue:
    """Who reads what, as a table to tick: a page of entries at a time, beside all judges or one."""
    scheme = scheme_by_slug(scheme_slug)
    category = category_by_slug(scheme, category_slug)
    judges = {str(judge.judge_id): judge.name for judge in judges_of(category.id)}
    wanted = _reads_asked(judges)
    form = AssignReadsForm()
    if form.carry_out(actions.assign_reads, signed_in().person_id, scheme_slug, category_slug):
        new, gone = form.done
        notice(f"{plural(new, 'read')} handed out, {gone} taken back.")
        return redirect(request.path + wanted.link(wanted.page), 303)
    table, entries = queries.reads_table(scheme, category, wanted), queries.entries_in(category.id)
    return (
        render_template(
            "awards/planning/assign_reads.html",
            form=form,
            scheme=scheme,
            category=category,
            table=table,
            page=table.page,
            judges=judges,
            entries=entries,
            held={held.pair: held.state for held in table.board.held},
            barred={pair: rules.BARRED[why][0] for pair, why in rules.barred_pairs(table.board).items()},
            ticked=form.pairs if form.is_submitted() else table.unbegun,
            shown=",".join(f"{judge_id}-{entry_id}" for judge_id, entry_id in sorted(table.unbegun)),
            state_words=rules.STATE_WORDS,
            narrow=rules.NARROW,
            why_not=rules.why_not_assign(scheme.hours, len(judges), entries, clock.now()),
        ),
        form.status,
    )


@bp.route("/judging/panels/<scheme_slug>/<category_slug>")
@allow("planning.view_panel")
def view_panel(scheme_slug: str, category_slug: str) -> ResponseReturnValue:
    """How far a panel is, for its chair: who has read how many, no scores."""
    scheme = scheme_by_slug(scheme_slug)
    category = category_by_slug(scheme, category_slug)
    return render_template(
        "awards/planning/view_panel.html",
        scheme=scheme,
        category=category,
        judges=queries.progress_of(category.id),
        entries=queries.entries_in(category.id),
    )
