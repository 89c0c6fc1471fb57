"""The mails as their readers see them."""

from __future__ import annotations

from flask import current_app

from backstage.outbox.letters import text_of, write_letter
from events.agenda.actions import change_session
from events.my_registration import actions
from events.registration.rules import Details
from events.set_up.actions import change_event
from tests.events.registration.people import come, mails, token
from tests.events.symphony import SECRETS, SLUG, details, plan_of

SUICIDE, CARERS = "Talking about suicide", "Carers in conversation"


def newest(name: str) -> str:
    """The newest mail to somebody, as text."""
    mail = mails(name)[-1]
    return text_of(current_app.jinja_env, mail.template, mail.values)


def test_confirmed(symphony, db_session):
    come(symphony, "sunny", SUICIDE, CARERS)
    words = newest("sunny")
    assert words.startswith("Hello Sunny,\n\nyou have a place at Second Staffordshire Symphony")
    assert (
        "- When: Thursday 17 September 2026, 9am to 4.30pm\n- Where: Conference hall, Stoke-on-Trent\n"
        in words
    )
    assert f"- {SUICIDE}, 11am to midday, Studio. Content note: Talks about suicide." in words
    assert f"\n\nhttp://localhost/registrations/{token('sunny')}\n\n" in words
    assert "Two listeners are in the quiet room all day." in words


def test_confirmed_without_a_name_and_workshops(symphony, db_session):
    actions.register(SLUG, "somebody@example.org", Details())
    words = newest("somebody")
    assert words.startswith("Hello,\n")
    assert "Your workshops" not in words


def test_confirmed_with_a_waiting_list_and_no_calendar_entry_for_it(symphony, db_session):
    for name in ("ada", "ben", "cyd"):
        come(symphony, name, SUICIDE, CARERS)
    assert "you are 1st in line" in newest("cyd")
    calendar = mails("cyd")[-1].attachments[0]["text"]
    assert (f"SUMMARY:{CARERS}" in calendar, f"SUMMARY:{SUICIDE}" in calendar) == (True, False)


def test_every_mail_can_be_written(symphony, db_session, app):
    change_event(None, SLUG, details(capacity=2))
    come(symphony, "ada", SUICIDE)
    come(symphony, "ada", SUICIDE)
    come(symphony, "ben", SUICIDE)
    come(symphony, "cyd", SUICIDE)
    actions.change_registration(token("ben"), Details("Ben"), [symphony.sessions[CARERS]])
    actions.cancel_registration(token("ada"))
    change_event(None, SLUG, details(capacity=9))
    for name in ("dee", "eve", "fay"):
        come(symphony, name, SUICIDE)
    change_session(None, SLUG, symphony.sessions[SUICIDE], plan_of(symphony, SUICIDE, places=9))
    written = [mail for name in ("ada", "ben", "cyd", "dee", "eve", "fay") for mail in mails(name)]
    assert {mail.template.rpartition("/")[2] for mail in written} == {
        "confirmed",
        "already_registered",
        "changed",
        "cancelled",
        "on_waiting_list",
        "event_place",
        "workshop_place",
    }
    for mail in written:
        message = write_letter(current_app.jinja_env, mail)
        assert message["Subject"]
        assert "\n\n\n" not in text_of(current_app.jinja_env, mail.template, mail.values)


def test_no_mail_tells_a_surprise(symphony, db_session):
    come(symphony, "ada", SUICIDE)
    message = (
        str(write_letter(current_app.jinja_env, mails("ada")[0]))
        + newest("ada")
        + mails("ada")[0].attachments[0]["text"]
    )
    assert [secret for secret in SECRETS if secret in message] == []
