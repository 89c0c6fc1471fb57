"""A judge's own pages: what there is to read, reading, scoring, finishing."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from awards.judging import actions, queries, rules
from awards.judging.forms import DeclareConflictForm, FinishReadForm, ScoreEntryForm
from awards.judging.queries import OneRead, Scored
from awards.panels.queries import chaired_by
from awards.planning.rules import STATE_WORDS
from backstage.answers.queries import items_of, upload_of
from backstage.uploads.views import give_file
from base import autosave
from base.access import allow, signed_in
from base.errors import NotHere, Refused
from base.notices import notice
from outside import clock

bp = Blueprint("judging", __name__)


@bp.route("/judging")
@allow("judging.list_reads")
def list_reads() -> ResponseReturnValue:
    """Everything a judge has to read, and what is next."""
    now, me = clock.now(), signed_in().person_id
    reads = queries.reads_of(me)
    schemes = [list(group) for _, group in groupby(reads, key=lambda read: read.scheme_id)]
    current = [group for group in schemes if rules.why_not_judge(group[0].hours, now) is None]
    open_reads = [read for group in current for read in group]
    by_eagerness = [read for state in ("reading", "assigned") for read in open_reads if read.state == state]
    return render_template(
        "awards/judging/list_reads.html",
        current=current,
        over=[group for group in schemes if group not in current],
        next_read=by_eagerness[0] if by_eagerness else None,
        time_left=rules.time_left,
        state_words=STATE_WORDS,
        chairs=chaired_by(me),
    )


@bp.route("/judging/conflict/<reference>", methods=["GET", "POST"])
@allow("judging.declare_conflict")
def declare_conflict(reference: str) -> ResponseReturnValue:
    """Title, organisation and category, and the question whether there is a conflict. No answer is shown."""
    me = signed_in().person_id
    read = queries.read_of(me, reference)
    form = DeclareConflictForm()
    if form.carry_out(actions.declare_conflict, me, reference):
        if form.conflict.data == "no":
            return redirect(_first_page(read), 303)
        notice("Thank you for saying so. Somebody else will read it.", "info")
        return redirect(url_for("judging.list_reads"), 303)
    why_not = rules.why_not_judge(read.hours, clock.now())
    page = render_template("awards/judging/declare_conflict.html", form=form, read=read, why_not=why_not)
    return page, form.status


def _first_page(read: OneRead) -> str:
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
    if form.carry_out(actions.finish_read, me, reference):
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
            why_not=rules.why_not_finish(read.state, unscored, read.hours, clock.now()),
            why_not_change=rules.why_not_judge(read.hours, clock.now()),
            done=done,
            of=of,
        ),
        form.status,
    )


@bp.route("/judging/<reference>/<criterion>", methods=["GET", "POST"])
@allow("judging.score_entry")
def score_entry(reference: str, criterion: str) -> ResponseReturnValue:
    """One criterion: the answers it is judged on, and beside them the scale."""
    me = signed_in().person_id
    read = queries.read_of(me, reference)
    if read.state == "assigned":
        return redirect(url_for("judging.declare_conflict", reference=reference), 303)
    scored = {one.key: one for one in queries.scored_criteria(read.scheme_id, read.read_id)}
    if criterion not in scored:
        raise NotHere
    form = ScoreEntryForm(value=scored[criterion].value, comment=scored[criterion].comment)
    form.show_scale(queries.scale_of(read.scheme_id))
    if autosave.saves_itself():
        return _autosave(me, reference, criterion, form)
    step = rules.step_of(list(scored), criterion)
    if form.carry_out(actions.score_entry, me, reference, criterion):
        if step.following is None or _goes_back_to_scores():
            return redirect(url_for("judging.finish_read", reference=reference), 303)
        return redirect(url_for("judging.score_entry", reference=reference, criterion=step.following), 303)
    return _score_page(me, form, read, scored, step), form.status


def _goes_back_to_scores() -> bool:
    """Whether the page was opened from the page of all scores, to change one."""
    return request.args.get("then") == "scores"


def _score_page(
    me: int, form: ScoreEntryForm, read: OneRead, scored: Mapping[str, Scored], step: rules.Step
) -> str:
    """The page of one criterion with its form."""
    here = list(scored.values())[step.number - 1]
    done, of = queries.how_far(me, read.scheme_id)
    return render_template(
        "awards/judging/score_entry.html",
        form=form,
        read=read,
        here=here,
        step=step,
        previous=scored.get(step.previous or ""),
        following=scored.get(step.following or ""),
        back_to_scores=_goes_back_to_scores(),
        answers=queries.answers_for(here.criterion_id, read.answer_sheet_id),
        scale=dict(form.value.choices),
        why_not=rules.why_not_judge(read.hours, clock.now()),
        done=done,
        of=of,
        time_left=rules.time_left(of - done),
    )


def _autosave(me: int, reference: str, criterion: str, form: ScoreEntryForm) -> ResponseReturnValue:
    """Keep what is on the page without going on; 422 where it cannot be kept as it is."""
    if not form.comment.validate(form):
        return autosave.not_saved(form)
    try:
        actions.score_entry(me, reference, criterion, **form.values())
    except Refused as refused:
        form.refused(refused)
        return autosave.not_saved(form)
    return autosave.saved(clock.now())
