"""Panels for organisers and chairs; reading and scoring for judges."""

from __future__ import annotations

from itertools import groupby

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.organisations.queries import find_organisations
from awards.judging import actions, appointing, panels, queries, rules
from awards.judging.board import board_of, window_of
from awards.judging.even import explain, hand_out_evenly
from awards.judging.forms import (
    AddJudgeForm,
    AssignEvenlyForm,
    AssignReadsForm,
    DeclareConflictForm,
    FinishReadForm,
    RemoveJudgeForm,
    ScoreEntryForm,
)
from awards.schemes.queries import category_by_slug, scheme_by_slug
from backstage.answers.queries import items_of, upload_of
from backstage.uploads.views import give_file
from base import autosave
from base.access import allow, signed_in
from base.display import plural
from base.errors import NotHere, Refused
from base.notices import notice
from outside import clock

bp = Blueprint("judging", __name__)
PANELS = "/awards/<scheme_slug>/organise/panels"


@bp.route(PANELS)
@allow("judging.list_panels")
def list_panels(scheme_slug: str) -> ResponseReturnValue:
    """Every category's panel: its judges, and how far the reads are."""
    found = scheme_by_slug(scheme_slug)
    return render_template(
        "awards/judging/list_panels.html",
        scheme=found,
        window=window_of(found),
        panels=panels.panels_of(found),
    )


@bp.route(f"{PANELS}/<category_slug>")
@allow("judging.manage_panel")
def manage_panel(scheme_slug: str, category_slug: str) -> ResponseReturnValue:
    """One panel: who judges, and the ways to hand out the reads."""
    found = scheme_by_slug(scheme_slug)
    place = category_by_slug(found, category_slug)
    judges = panels.judges_of(place.id)
    entries = panels.entries_in(place.id)
    return render_template(
        "awards/judging/manage_panel.html",
        scheme=found,
        category=place,
        judges=judges,
        entries=entries,
        not_yet=rules.why_not_hand_out(window_of(found), len(judges), entries, clock.now()),
    )


@bp.route(f"{PANELS}/<category_slug>/add", methods=["GET", "POST"])
@allow("judging.add_judge")
def add_judge(scheme_slug: str, category_slug: str) -> ResponseReturnValue:
    """Put somebody on a panel."""
    found = scheme_by_slug(scheme_slug)
    place = category_by_slug(found, category_slug)
    form = AddJudgeForm()
    form.offer((one.slug, one.name) for one in find_organisations("", most=2000))
    if form.validate_on_submit():
        fields = (form.email, form.name, form.organisation, form.lived_experience, form.chair)
        try:
            appointing.add_judge(
                signed_in().person_id, scheme_slug, category_slug, *(field.data for field in fields)
            )
        except Refused as no:
            form.refuse(no)
        else:
            notice("They are on the panel, and an invitation is on its way.")
            return redirect(
                url_for("judging.manage_panel", scheme_slug=scheme_slug, category_slug=category_slug), 303
            )
    return (
        render_template("awards/judging/add_judge.html", form=form, scheme=found, category=place),
        form.status,
    )


@bp.route(f"{PANELS}/<category_slug>/judges/<int:judge_id>/remove", methods=["GET", "POST"])
@allow("judging.remove_judge")
def remove_judge(scheme_slug: str, category_slug: str, judge_id: int) -> ResponseReturnValue:
    """Take somebody off a panel again."""
    found = scheme_by_slug(scheme_slug)
    place = category_by_slug(found, category_slug)
    judge = panels.judge_of(place.id, judge_id)
    form = RemoveJudgeForm()
    if form.validate_on_submit():
        try:
            appointing.remove_judge(signed_in().person_id, scheme_slug, category_slug, judge_id)
        except Refused as no:
            form.refuse(no)
        else:
            notice(f"{judge.name} is no longer on the panel.", "info")
            return redirect(
                url_for("judging.manage_panel", scheme_slug=scheme_slug, category_slug=category_slug), 303
            )
    return (
        render_template(
            "awards/judging/remove_judge.html",
            form=form,
            scheme=found,
            category=place,
            judge=judge,
            cannot=rules.why_not_remove_judge(judge.reads + judge.recused),
        ),
        form.status,
    )


@bp.route(f"{PANELS}/<category_slug>/evenly", methods=["GET", "POST"])
@allow("judging.assign_evenly")
def assign_evenly(scheme_slug: str, category_slug: str) -> ResponseReturnValue:
    """See who would get how many reads, and hand them out with one press."""
    found = scheme_by_slug(scheme_slug)
    place = category_by_slug(found, category_slug)
    form = AssignEvenlyForm()
    if form.validate_on_submit():
        try:
            plan = appointing.assign_evenly(signed_in().person_id, scheme_slug, category_slug)
        except Refused as no:
            form.refuse(no)
        else:
            notice(f"{plural(len(plan.pairs), 'read')} handed out. The judges have been told by mail.")
            return redirect(
                url_for("judging.assign_reads", scheme_slug=scheme_slug, category_slug=category_slug), 303
            )
    board = board_of(found, place)
    plan = hand_out_evenly(board)
    return (
        render_template(
            "awards/judging/assign_evenly.html",
            form=form,
            scheme=found,
            category=place,
            board=board,
            plan=plan,
            shortfalls=explain(plan.shortfalls, board.readers),
            not_yet=rules.why_not_hand_out(
                window_of(found), len(board.readers), len(board.entries), clock.now()
            ),
        ),
        form.status,
    )


@bp.route(f"{PANELS}/<category_slug>/reads", methods=["GET", "POST"])
@allow("judging.assign_reads")
def assign_reads(scheme_slug: str, category_slug: str) -> ResponseReturnValue:
    """Who reads what, as a table to tick."""
    found = scheme_by_slug(scheme_slug)
    place = category_by_slug(found, category_slug)
    form = AssignReadsForm()
    if form.validate_on_submit():
        try:
            new, gone = appointing.assign_reads(
                signed_in().person_id, scheme_slug, category_slug, form.wanted, form.were_ticked
            )
        except Refused as no:
            form.refuse(no)
        else:
            notice(f"{plural(new, 'read')} handed out, {gone} taken back.")
            return redirect(
                url_for("judging.assign_reads", scheme_slug=scheme_slug, category_slug=category_slug), 303
            )
    board = board_of(found, place)
    held = {(one.judge_id, one.entry_id): one.state for one in board.held}
    unbegun = {pair for pair, state in held.items() if state == "assigned"}
    return (
        render_template(
            "awards/judging/assign_reads.html",
            form=form,
            scheme=found,
            category=place,
            board=board,
            held=held,
            barred={pair: rules.BARRED[why][0] for pair, why in rules.barred_pairs(board).items()},
            ticked=form.wanted if form.is_submitted() else unbegun,
            shown=",".join(f"{judge}-{entry}" for judge, entry in sorted(unbegun)),
            state_words=rules.STATE_WORDS,
            not_yet=rules.why_not_hand_out(
                window_of(found), len(board.readers), len(board.entries), clock.now()
            ),
        ),
        form.status,
    )


@bp.route("/judging/panels/<scheme_slug>/<category_slug>")
@allow("judging.view_panel")
def view_panel(scheme_slug: str, category_slug: str) -> ResponseReturnValue:
    """How far a panel is, for its chair: who has read how many, no scores."""
    found = scheme_by_slug(scheme_slug)
    place = category_by_slug(found, category_slug)
    return render_template(
        "awards/judging/view_panel.html",
        scheme=found,
        category=place,
        window=window_of(found),
        judges=panels.judges_of(place.id),
        entries=panels.entries_in(place.id),
    )


@bp.route("/judging")
@allow("judging.list_reads")
def list_reads() -> ResponseReturnValue:
    """Everything a judge has to read, and what is next."""
    now, me = clock.now(), signed_in().person_id
    reads = queries.reads_of(me)
    schemes = [list(group) for _, group in groupby(reads, key=lambda read: read.scheme_id)]
    current = [group for group in schemes if rules.why_not_judge(group[0].window, now) is None]
    open_reads = [read for group in current for read in group]
    by_eagerness = [read for state in ("reading", "assigned") for read in open_reads if read.state == state]
    return render_template(
        "awards/judging/list_reads.html",
        current=current,
        over=[group for group in schemes if group not in current],
        next_read=by_eagerness[0] if by_eagerness else None,
        time_left=rules.time_left,
        state_words=rules.STATE_WORDS,
        chairs=panels.chaired_by(me),
    )


@bp.route("/judging/conflict/<reference>", methods=["GET", "POST"])
@allow("judging.declare_conflict")
def declare_conflict(reference: str) -> ResponseReturnValue:
    """Title, organisation and category, and the question whether there is a conflict: not a word of the
    entry.
    """
    me = signed_in().person_id
    read = queries.read_of(me, reference)
    form = DeclareConflictForm()
    if form.validate_on_submit():
        conflict = form.conflict.data == "yes"
        try:
            actions.declare_conflict(me, reference, conflict, form.reason.data or "")
        except Refused as no:
            form.refuse(no)
        else:
            if conflict:
                notice("Thank you for saying so. Somebody else will read it.", "info")
                return redirect(url_for("judging.list_reads"), 303)
            return redirect(_first_page(read), 303)
    return (
        render_template(
            "awards/judging/declare_conflict.html",
            form=form,
            read=read,
            cannot=rules.why_not_judge(read.window, clock.now()),
        ),
        form.status,
    )


def _first_page(read: queries.OneRead) -> str:
    """Where reading goes on: the first criterion without a score, or the scores when there is none."""
    scored = queries.scored_criteria(read.scheme_id, read.read_id)
    unscored = [one.key for one in scored if one.value is None]
    if not unscored:
        return url_for("judging.finish_read", reference=read.reference)
    return url_for("judging.score_entry", reference=read.reference, criterion=unscored[0])


@bp.route("/judging/<reference>")
@allow("judging.open_read")
def open_read(reference: str) -> ResponseReturnValue:
    """Go to where this read stands: the question about a conflict, the next criterion, or the scores."""
    read = queries.read_of(signed_in().person_id, reference)
    if read.state == "assigned":
        return redirect(url_for("judging.declare_conflict", reference=reference), 303)
    return redirect(_first_page(read), 303)


@bp.route("/judging/whole/<reference>")
@allow("judging.read_entry")
def read_entry(reference: str) -> ResponseReturnValue:
    """The whole entry in one text."""
    read = queries.read_of(signed_in().person_id, reference)
    if read.state == "assigned":
        return redirect(url_for("judging.declare_conflict", reference=reference), 303)
    return render_template(
        "awards/judging/read_entry.html",
        read=read,
        answers=items_of(read.answer_sheet_id),
    )


@bp.route("/judging/files/<reference>/<key>")
@allow("judging.open_file")
def open_file(reference: str, key: str) -> ResponseReturnValue:
    """A file that belongs to an entry."""
    read = queries.read_of(signed_in().person_id, reference)
    if read.state == "assigned":
        raise NotHere
    return give_file(upload_of(read.answer_sheet_id, key))


@bp.route("/judging/finish/<reference>", methods=["GET", "POST"])
@allow("judging.finish_read")
def finish_read(reference: str) -> ResponseReturnValue:
    """All scores of an entry, each with a way to change it, and the button that finishes it."""
    me = signed_in().person_id
    read = queries.read_of(me, reference)
    if read.state == "assigned":
        return redirect(url_for("judging.declare_conflict", reference=reference), 303)
    form = FinishReadForm()
    if form.validate_on_submit():
        try:
            actions.finish_read(me, reference)
        except Refused as no:
            form.refuse(no)
        else:
            notice(f"You have finished {read.title}. Its scores count now.")
            return redirect(url_for("judging.list_reads"), 303)
    scored = queries.scored_criteria(read.scheme_id, read.read_id)
    unscored = [one.name for one in scored if one.value is None]
    done, of = queries.how_far(me, read.scheme_id)
    return (
        render_template(
            "awards/judging/finish_read.html",
            form=form,
            read=read,
            scored=scored,
            scale=queries.scale_of(read.scheme_id),
            cannot=rules.why_not_finish(read.state, unscored, read.window, clock.now()),
            closed=rules.why_not_judge(read.window, clock.now()),
            done=done,
            of=of,
        ),
        form.status,
    )


@bp.route("/judging/<reference>/<criterion>", methods=["GET", "POST"])
@allow("judging.score_entry")
def score_entry(reference: str, criterion: str) -> ResponseReturnValue:
    """One criterion: the answers it is judged on, and beside them the scale."""
    me, now = signed_in().person_id, clock.now()
    read = queries.read_of(me, reference)
    if read.state == "assigned":
        return redirect(url_for("judging.declare_conflict", reference=reference), 303)
    scored = {one.key: one for one in queries.scored_criteria(read.scheme_id, read.read_id)}
    if criterion not in scored:
        raise NotHere
    here, scale = scored[criterion], queries.scale_of(read.scheme_id)
    form = ScoreEntryForm(value=str(here.value or ""), comment=here.comment)
    form.offer(scale)
    if autosave.saves_itself():
        return _autosave(me, reference, criterion, form)
    following = rules.after(list(scored), criterion)
    back_to_scores = request.args.get("then") == "scores"
    if form.validate_on_submit():
        try:
            actions.score_entry(me, reference, criterion, form.chosen, form.comment.data or "")
        except Refused as no:
            form.refuse(no)
        else:
            if following is None or back_to_scores:
                return redirect(url_for("judging.finish_read", reference=reference), 303)
            return redirect(url_for("judging.score_entry", reference=reference, criterion=following), 303)
    done, of = queries.how_far(me, read.scheme_id)
    return (
        render_template(
            "awards/judging/score_entry.html",
            form=form,
            read=read,
            here=here,
            place=list(scored).index(criterion) + 1,
            places=len(scored),
            previous=scored.get(rules.before(list(scored), criterion) or ""),
            following=scored.get(following or ""),
            back_to_scores=back_to_scores,
            answers=queries.answers_for(here.criterion_id, read.answer_sheet_id),
            scale=scale,
            closed=rules.why_not_judge(read.window, now),
            done=done,
            of=of,
            time_left=rules.time_left(of - done),
        ),
        form.status,
    )


def _autosave(me: int, reference: str, criterion: str, form: ScoreEntryForm) -> ResponseReturnValue:
    """Keep what is on the page without going on; 422 where it cannot be kept as it is."""
    if not form.comment.validate(form):
        return autosave.not_saved(form)
    try:
        actions.score_entry(me, reference, criterion, form.chosen, form.comment.data or "")
    except Refused as refused:
        form.refuse(refused)
        return autosave.not_saved(form)
    return autosave.saved(clock.now())
