"""The demonstration's own pages. They exist in demo mode only."""

from __future__ import annotations

from flask import Blueprint, current_app, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from accounts.people.actions import meet_person
from accounts.sign_in.actions import remember_device
from accounts.sign_in.views import let_in
from backstage.outbox import letters
from backstage.outbox.queries import mail_by_reference, newest_mails
from base import settings
from base.access import public
from base.answers import kept_while_same
from base.display import day_and_time
from base.errors import NotHere
from base.notices import notice
from outside import clock
from website.demo import actions, queries
from website.demo.forms import BecomeForm, MoveClockForm, ResetForm
from website.demo.rules import CHARACTERS, THINGS_TO_TRY, character

bp = Blueprint("demo", __name__)
WHY = "The demonstration holds invented people only, and exists on this machine only"


@bp.route("/demo")
@public(WHY)
def index() -> ResponseReturnValue:
    """Who one can be, what there is to try, and the clock."""
    return render_template(
        "website/demo/index.html",
        characters=CHARACTERS,
        things=THINGS_TO_TRY,
        hours=queries.hours_of_the_story(),
        now=clock.now(),
        moved=bool(clock.demo_shift()),
    )


@bp.route("/demo/sign-in", methods=["POST"])
@public(WHY)
def sign_in_as() -> ResponseReturnValue:
    """Be one of the people of the story, with one press."""
    form = BecomeForm()
    chosen = character(form.email.data or "")
    if not form.validate_on_submit() or chosen is None:
        raise NotHere
    token = remember_device(meet_person(chosen.email, chosen.name).id)
    answer = let_in(token, chosen.goes_to)
    notice(f"You are {chosen.name} now: {chosen.role[:1].lower()}{chosen.role[1:]}.")
    return answer


@bp.route("/demo/clock", methods=["POST"])
@public(WHY)
def move_clock() -> ResponseReturnValue:
    """Move the demonstration's clock to an hour of the story, or back."""
    form = MoveClockForm()
    if not form.validate_on_submit():
        raise NotHere
    if form.hour.data == "back":
        clock.move_demo(None)
        notice("The clock tells the true time again.")
    else:
        hour = queries.hour_of_the_story(form.hour.data)
        clock.move_demo(hour.when)
        notice(f"It is {day_and_time(hour.when)} now. {hour.see}.")
    return redirect(url_for("demo.index"), 303)


@bp.route("/demo/reset", methods=["POST"])
@public(WHY)
def reset() -> ResponseReturnValue:
    """Put everything back to how the demonstration began."""
    if not ResetForm().validate_on_submit():
        raise NotHere
    actions.reset_season()
    clock.move_demo(None)
    # The wall clock, for this request still holds the hour to which the clock was moved.
    if actions.is_long_ago(clock.wall_clock()):
        clock.move_demo(actions.season_began())
    session.clear()
    notice("Everything is as it was in the beginning. You are signed out.")
    return redirect(url_for("demo.index"), 303)


@bp.route("/demo/mail")
@public(WHY)
def list_mails() -> ResponseReturnValue:
    """Every mail of the demonstration, newest first."""
    return render_template("website/demo/list_mails.html", mails=newest_mails())


@bp.route("/demo/mail/<reference>")
@public(WHY)
def view_mail(reference: str) -> ResponseReturnValue:
    """One mail as its reader sees it, and its text part."""
    mail = mail_by_reference(reference)
    text = letters.text_of(current_app.jinja_env, mail.template, mail.values)
    return render_template(
        "website/demo/view_mail.html",
        mail=mail,
        text=text,
        blocks=letters.blocks_of(text),
        sender=settings.current().mail_from,
    )


@bp.route("/demo/mail/<reference>/<int:number>")
@public(WHY)
def download_attachment(reference: str, number: int) -> ResponseReturnValue:
    """A file that came with a mail."""
    attachments = mail_by_reference(reference).attachments
    if number >= len(attachments):
        raise NotHere
    item = attachments[number]
    return kept_while_same(item["text"].encode(), item["type"], item["name"], "attachment")
