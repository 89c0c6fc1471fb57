"""Who writes an entry, with which partners; and the organiser's reminder to drafts that have stopped."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.organisations.queries import find_organisations
from awards.entries import queries as entries
from awards.entries.rules import why_not_change
from awards.schemes.queries import scheme_by_slug
from awards.schemes.rules import phase
from awards.writers import actions, queries, rules
from awards.writers.forms import InviteWriterForm, NudgeWritersForm, RemoveWriterForm
from base.access import allow, signed_in
from base.display import plural
from base.errors import Refused
from base.notices import notice
from outside import clock

bp = Blueprint("writers", __name__)


@bp.route("/entries/<reference>/writers", methods=["GET", "POST"])
@allow("writers.invite_writer")
def invite_writer(reference: str) -> ResponseReturnValue:
    """Who writes the entry; ask somebody else to."""
    me = signed_in().person_id
    opened, form = entries.entry_seen_by(me, reference), InviteWriterForm()
    if form.validate_on_submit():
        try:
            name = actions.invite_writer(me, reference, form.email.data)
        except Refused as no:
            form.refuse(no)
        else:
            notice(f"{name} can write this entry now. We have sent them an email with a link to it.")
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
    if form.validate_on_submit():
        try:
            actions.remove_writer(me, reference, person_id)
        except Refused as no:
            form.refuse(no)
        else:
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
    opened = entries.entry_seen_by(me, reference)
    if request.method == "POST":
        act = actions.remove_partner if request.form.get("move") == "remove" else actions.add_partner
        try:
            act(me, reference, request.form.get("organisation", "")[:100])
        except Refused as no:
            notice(no.why, "info")
        return redirect(url_for("writers.choose_partners", reference=reference), 303)
    words = request.args.get("name", "")[:100].strip()
    partners = entries.partners_of(opened.entry.id)
    chosen = {one.id for one in partners} | {opened.organisation.id}
    return render_template(
        "awards/writers/choose_partners.html",
        opened=opened,
        partners=partners,
        words=words,
        found=[one for one in find_organisations(words) if one.id not in chosen] if words else [],
        why_not=why_not_change(opened.entry.state, opened.scheme.hours, clock.now()),
    )


@bp.route("/awards/<scheme_slug>/organise/drafts", methods=["GET", "POST"])
@allow("writers.nudge_writers")
def nudge_writers(scheme_slug: str) -> ResponseReturnValue:
    """The drafts that have stopped for a week, and a friendly mail to those who write them."""
    found, form, now = scheme_by_slug(scheme_slug), NudgeWritersForm(), clock.now()
    if form.validate_on_submit():
        try:
            nudged = actions.nudge_writers(signed_in().person_id, scheme_slug)
        except Refused as no:
            form.refuse(no)
        else:
            notice(f"We have written to the writers of {plural(nudged, 'draft')}.")
            return redirect(url_for("writers.nudge_writers", scheme_slug=scheme_slug), 303)
    drafts = queries.stopped_drafts(found.id, now)
    due = [one for one in drafts if rules.may_nudge("draft", one.changed_at, one.nudged_at, now)]
    return render_template(
        "awards/writers/nudge_writers.html",
        form=form,
        scheme=found,
        drafts=drafts,
        due=len(due),
        phase=phase(found.hours, now),
    ), form.status
