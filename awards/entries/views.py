"""Writing an entry: one's list, the task list of one entry, one question a page, checking and sending in."""

from __future__ import annotations

from functools import partial

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.organisations.queries import organisations_of
from accounts.people.queries import names_of
from awards.entries import actions, queries, rules
from awards.entries.forms import (
    ChangeTitleForm,
    ReopenEntryForm,
    StartEntryForm,
    SubmitEntryForm,
    WithdrawEntryForm,
)
from awards.entries.queries import Opened
from awards.schemes import queries as schemes
from awards.schemes.rules import phase
from backstage.answers.queries import upload_of
from backstage.answers.views import QuestionPage
from backstage.uploads.views import give_file
from base.access import allow, signed_in
from base.errors import Refusal
from base.notices import notice
from outside import clock

bp = Blueprint("entries", __name__)


def _opened(reference: str) -> Opened:
    return queries.entry_of_writer(signed_in().person_id, reference)


def _why_not_change(opened: Opened) -> Refusal | None:
    """Why this entry cannot be written now; None when it can."""
    return rules.why_not_change(opened.entry.state, opened.scheme.hours, clock.now())


@bp.route("/entries")
@allow("entries.list_entries")
def list_entries() -> ResponseReturnValue:
    """The entries that one writes, and those of the organisations that one leads."""
    me = signed_in().person_id
    return render_template(
        "awards/entries/list_entries.html",
        mine=queries.entries_of_writer(me),
        others=queries.entries_of_lead(me),
        now=clock.now(),
    )


@bp.route("/awards/<scheme_slug>/enter/<category_slug>", methods=["GET", "POST"])
@allow("entries.start_entry")
def start_entry(scheme_slug: str, category_slug: str) -> ResponseReturnValue:
    """Start an entry in a category, for one of one's organisations."""
    scheme, me = schemes.scheme_by_slug(scheme_slug), signed_in().person_id
    category = schemes.category_by_slug(scheme, category_slug)
    theirs = organisations_of(me)
    if not theirs:
        return redirect(url_for("organisations.choose_organisation", onward=request.path), 303)
    form = StartEntryForm(organisation_slug=theirs[0].slug if len(theirs) == 1 else None)
    form.organisation_slug.choices = [(one.slug, one.name) for one in theirs]
    if form.carry_out(actions.start_entry, me, scheme_slug, category_slug):
        return redirect(url_for("entries.change_title", reference=form.done), 303)
    return render_template(
        "awards/entries/start_entry.html",
        form=form,
        scheme=scheme,
        category=category,
        drafts=queries.drafts_in(me, category.id),
        why_not=rules.why_not_start(scheme.hours, clock.now()),
    ), form.status


@bp.route("/entries/<reference>")
@allow("entries.view_entry")
def view_entry(reference: str) -> ResponseReturnValue:
    """One entry as a list of what there is to do; after sending in, what it says."""
    me = signed_in().person_id
    opened = queries.entry_seen_by(me, reference)
    items, now = queries.items_of_entry(opened), clock.now()
    return render_template(
        "awards/entries/view_entry.html",
        opened=opened,
        items=items,
        missing_about=rules.missing_about(opened.draft),
        to_do=rules.still_to_do(opened.draft, [item.given for item in items]),
        writers=queries.writers_of(opened.entry.id),
        partners=queries.partners_of(opened.entry.id),
        writes=queries.is_writer(me, reference),
        why_not=_why_not_change(opened),
        state=rules.state_words(opened.entry.state, opened.scheme.hours, now),
        phase=phase(opened.scheme.hours, now),
        may_withdraw=rules.why_not_withdraw(opened.entry.state, opened.scheme.hours, now) is None,
        may_reopen=rules.why_not_reopen(opened.entry.state, opened.scheme.hours, now) is None,
    )


@bp.route("/entries/<reference>/title", methods=["GET", "POST"])
@allow("entries.change_title")
def change_title(reference: str) -> ResponseReturnValue:
    """Name the entry and say whom a nomination is about."""
    opened = _opened(reference)
    form = ChangeTitleForm(obj=opened.entry)
    if opened.category.kind != "nomination":
        del form.nominee, form.nominee_told
    if opened.category.consent != "parent_or_guardian":
        del form.guardian_agreed
    if form.carry_out(actions.change_title, signed_in().person_id, reference):
        return redirect(url_for("entries.view_entry", reference=reference), 303)
    return render_template(
        "awards/entries/change_title.html", form=form, opened=opened, why_not=_why_not_change(opened)
    ), form.status


@bp.route("/entries/<reference>/questions/<key>", methods=["GET", "POST"])
@allow("entries.answer_question")
def answer_question(reference: str, key: str) -> ResponseReturnValue:
    """One question of an entry."""
    me, opened = signed_in().person_id, _opened(reference)
    page = QuestionPage(
        opened.entry.answer_sheet_id,
        key,
        address=lambda other: url_for("entries.answer_question", reference=reference, key=other),
        home=url_for("entries.view_entry", reference=reference),
        why_not=_why_not_change(opened),
    )
    done = page.answer(
        write=partial(actions.answer_question, me, reference, key),
        upload=partial(actions.answer_with_file, me, reference, key),
    )
    return done or (
        render_template(
            "awards/entries/answer_question.html",
            form=page.form,
            page=page,
            opened=opened,
            names=names_of(page.writers),
            judged_on=schemes.criteria_on(opened.scheme.id, page.item.question.id),
            file_page=url_for("entries.download_file", reference=reference, key=key),
            remove_page=url_for("entries.remove_file", reference=reference, key=key),
        ),
        page.form.status,
    )


@bp.route("/entries/<reference>/questions/<key>/remove", methods=["POST"])
@allow("entries.remove_file")
def remove_file(reference: str, key: str) -> ResponseReturnValue:
    """Take a file away again."""
    actions.remove_file(signed_in().person_id, reference, key)
    notice("The file is removed.")
    return redirect(url_for("entries.answer_question", reference=reference, key=key), 303)


@bp.route("/entries/<reference>/questions/<key>/file")
@allow("entries.download_file")
def download_file(reference: str, key: str) -> ResponseReturnValue:
    """Give the file of an answer back."""
    opened = queries.entry_seen_by(signed_in().person_id, reference)
    return give_file(upload_of(opened.entry.answer_sheet_id, key))


@bp.route("/entries/<reference>/check", methods=["GET", "POST"])
@allow("entries.check_answers")
def check_answers(reference: str) -> ResponseReturnValue:
    """Everything on one page, and the button that sends it in."""
    opened, form = _opened(reference), SubmitEntryForm()
    if form.carry_out(actions.submit_entry, signed_in().person_id, reference):
        return redirect(url_for("entries.entry_sent", reference=reference), 303)
    items = queries.items_of_entry(opened)
    return render_template(
        "awards/entries/check_answers.html",
        form=form,
        opened=opened,
        items=items,
        partners=queries.partners_of(opened.entry.id),
        to_do=rules.still_to_do(opened.draft, [item.given for item in items]),
        why_not=_why_not_change(opened),
    ), form.status


@bp.route("/entries/<reference>/sent")
@allow("entries.entry_sent")
def entry_sent(reference: str) -> ResponseReturnValue:
    """It has arrived: the reference, and what happens next."""
    opened = _opened(reference)
    if opened.entry.state != "submitted":
        return redirect(url_for("entries.view_entry", reference=reference), 303)
    return render_template(
        "awards/entries/entry_sent.html", opened=opened, writers=queries.writers_of(opened.entry.id)
    )


@bp.route("/entries/<reference>/reopen", methods=["GET", "POST"])
@allow("entries.reopen_entry")
def reopen_entry(reference: str) -> ResponseReturnValue:
    """Make the entry a draft again, while entries are open."""
    opened, form = _opened(reference), ReopenEntryForm()
    if form.carry_out(actions.reopen_entry, signed_in().person_id, reference):
        notice("It is a draft again. Send it in before entries close.")
        return redirect(url_for("entries.view_entry", reference=reference), 303)
    why_not = rules.why_not_reopen(opened.entry.state, opened.scheme.hours, clock.now())
    page = render_template("awards/entries/reopen_entry.html", form=form, opened=opened, why_not=why_not)
    return page, form.status


@bp.route("/entries/<reference>/withdraw", methods=["GET", "POST"])
@allow("entries.withdraw_entry")
def withdraw_entry(reference: str) -> ResponseReturnValue:
    """Take the entry out of the awards."""
    opened, form = _opened(reference), WithdrawEntryForm()
    if form.carry_out(actions.withdraw_entry, signed_in().person_id, reference):
        notice("The entry is withdrawn. Nobody will judge it.")
        return redirect(url_for("entries.view_entry", reference=reference), 303)
    why_not = rules.why_not_withdraw(opened.entry.state, opened.scheme.hours, clock.now())
    page = render_template("awards/entries/withdraw_entry.html", form=form, opened=opened, why_not=why_not)
    return page, form.status
