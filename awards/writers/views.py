"""Who writes an entry, with which partners; and the organiser's reminder to drafts that have stopped."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.organisations.queries import find_organisations
from awards.entries import queries as entries
from awards.entries.rules import why_not_change
from awards.schemes.queries import scheme_by_slug
from awards.writers import actions, queries, rules
from awards.writers.forms import ChoosePartnersForm, InviteWriterForm, NudgeWritersForm, RemoveWriterForm
from base.access import allow, signed_in
from base.display import plural
from base.notices import notice
from base.pages import asked
from outside import clock

bp = Blueprint("writers", __name__)


@bp.route("/entries/<reference>/writers", methods=["GET", "POST"])
@allow("writers.invite_writer")
def invite_writer(reference: str) -> ResponseReturnValue:
    """Who writes the entry; ask somebody else to."""
    me = signed_in().person_id
    opened, form = entries.entry_seen_by(me, reference), InviteWriterForm()
    if form.carry_out(actions.invite_writer, me, reference):
        notice(f"{form.done} can write this entry now. We have sent them an email with a link to it.")
        return redirect(url_for("writers.invite_writer", reference=reference), 303)
    writers = entries.writers_of(opened.entry.id)
    return render_template(
        "awards/writers/invite_writer.html",
        form=form,
        opened=opened,
        writers=writers,
        why_not=rules.why_not_invite(opened.entry.state, len(writers), opened.scheme.hours, clock.now()),
    ), form.status


@bp.route("/entries/<reference>/writers/<int:person_id>/remove", methods=["GET", "POST"])
@allow("writers.remove_writer")
def remove_writer(reference: str, person_id: int) -> ResponseReturnValue:
    """Let somebody no longer write the entry."""
    me = signed_in().person_id
    opened, form = entries.entry_seen_by(me, reference), RemoveWriterForm()
    writer = entries.writer_of(opened.entry.id, person_id)
    if form.carry_out(actions.remove_writer, me, reference, person_id):
        notice(f"{writer.name} no longer writes this entry.")
        if entries.may_see(me, reference):
            return redirect(url_for("writers.invite_writer", reference=reference), 303)
        return redirect(url_for("entries.list_entries"), 303)
    return render_template(
        "awards/writers/remove_writer.html", form=form, opened=opened, writer=writer
    ), form.status


@bp.route("/entries/<reference>/partners", methods=["GET", "POST"])
@allow("writers.choose_partners")
def choose_partners(reference: str) -> ResponseReturnValue:
    """Name the other organisations in an entry; found by name, added and removed by a button each."""
    me = signed_in().person_id
    opened, form = entries.entry_seen_by(me, reference), ChoosePartnersForm()
    if form.carry_out(actions.remove_partner if form.remove.data else actions.add_partner, me, reference):
        return redirect(url_for("writers.choose_partners", reference=reference), 303)
    query = request.args.get("name", "")[:100].strip()
    partners = entries.partners_of(opened.entry.id)
    chosen = {one.id for one in partners} | {opened.organisation.id}
    return render_template(
        "awards/writers/choose_partners.html",
        form=form,
        opened=opened,
        partners=partners,
        query=query,
        found=[one for one in find_organisations(query) if one.id not in chosen] if query else [],
        why_not=why_not_change(opened.entry.state, opened.scheme.hours, clock.now()),
    ), form.status


@bp.route("/awards/<scheme_slug>/organise/drafts", methods=["GET", "POST"])
@allow("writers.nudge_writers")
def nudge_writers(scheme_slug: str) -> ResponseReturnValue:
    """The drafts that have stopped for a week, and a friendly mail to those who write them."""
    scheme, form, now = scheme_by_slug(scheme_slug), NudgeWritersForm(), clock.now()
    if form.carry_out(actions.nudge_writers, signed_in().person_id, scheme_slug):
        notice(f"We have written to the writers of {plural(form.done, 'draft')}.")
        return redirect(url_for("writers.nudge_writers", scheme_slug=scheme_slug), 303)
    return render_template(
        "awards/writers/nudge_writers.html",
        form=form,
        scheme=scheme,
        page=queries.stopped_drafts(scheme.id, now, asked(request.args)),
        due=queries.count_due(scheme.id, now),
        why_not=rules.why_not_nudge(scheme.hours, now),
    ), form.status
