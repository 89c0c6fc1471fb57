"""Mail rows: written with the business data, claimed by one worker, swept when nobody comes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from backstage.outbox import actions
from backstage.outbox.messages import Attachment, Message
from backstage.outbox.models import Mail
from base.database import take_handed_over

NOW = datetime(2026, 9, 17, 9, 30, tzinfo=UTC)
MINUTE, MOMENT = timedelta(minutes=1), timedelta(microseconds=1)
HELLO = Message(
    "maya@example.org",
    "Hello",
    "sign_in/code_and_link",
    {"code": "123 456"},
    (Attachment("a.ics", "text/calendar", "BEGIN:VCALENDAR"),),
)


@pytest.fixture
def mail(db_session, at):
    """A mail written at 9.30, its job forgotten."""
    at(NOW)
    actions.post(HELLO)
    db_session.commit()
    take_handed_over()
    return db_session.scalars(select(Mail)).one()


def claim(mail):
    """Claim a mail; the claim, or None."""
    claimed = actions.claim_mail(mail.id)
    return claimed.claim if claimed else None


def test_post_writes_a_row_and_hands_over_its_id_only(db_session, at):
    """What is sent is the row; what travels through Redis is a number."""
    at(NOW)
    actions.post(HELLO)
    row = db_session.scalars(select(Mail)).one()
    assert (row.recipient, row.subject, row.values, row.attachments, row.state) == (
        "maya@example.org",
        "Hello",
        {"code": "123 456"},
        [{"name": "a.ics", "type": "text/calendar", "text": "BEGIN:VCALENDAR"}],
        "waiting",
    )
    assert take_handed_over() == [("jobs.mail.send_mails", (row.id,))]


def test_claim_mail_is_for_one_worker(mail):
    """The second one gets nothing."""
    first = claim(mail)
    assert (len(first), claim(mail), mail.state, mail.attempts) == (16, None, "sending", 1)


def test_a_claim_lasts_five_minutes(mail, at):
    """A worker that died is forgotten a moment after; its claim no longer finishes anything."""
    old = claim(mail)
    at(NOW + 5 * MINUTE)
    assert claim(mail) is None
    at(NOW + 5 * MINUTE + MOMENT)
    new = claim(mail)
    assert (new is not None, new != old, mail.attempts) == (True, True, 2)
    assert [actions.mail_sent(mail.id, old), actions.mail_sent(mail.id, new)] == [False, True]
    actions.mail_not_sent(mail.id, new, "SMTP 451", final=False)
    assert mail.state == "sent"


def test_mail_not_sent_waits_for_its_time(mail, at):
    """1 minute after the first failure, 2 after the second; earlier nobody can claim it."""
    actions.mail_not_sent(mail.id, claim(mail), "SMTP 451", final=False)
    assert (mail.state, mail.error, mail.try_after) == ("waiting", "SMTP 451", NOW + MINUTE)
    at(NOW + MINUTE - MOMENT)
    assert claim(mail) is None
    at(NOW + MINUTE)
    actions.mail_not_sent(mail.id, claim(mail), "SMTP 451", final=False)
    assert mail.try_after == NOW + 3 * MINUTE


@pytest.mark.parametrize(("final", "failures"), [(True, 1), (False, 8)])
def test_a_mail_is_given_up(mail, at, final, failures):
    """At once where the server will never take it, after the eighth failure otherwise."""
    states = []
    for _ in range(failures):
        at(mail.try_after)
        actions.mail_not_sent(mail.id, claim(mail), "SMTP 550", final=final)
        states.append(mail.state)
    assert states == ["waiting"] * (failures - 1) + ["failed"]
    at(NOW + timedelta(days=1))
    assert claim(mail) is None


@pytest.mark.parametrize(
    ("keep_words", "kept"), [(True, ("Hello", {"code": "123 456"}, 1)), (False, ("", {}, 0))]
)
def test_mail_sent_keeps_its_words_in_the_demonstration_only(db_session, mail, keep_words, kept):
    """Elsewhere the links in it are gone from the tables once it is on its way."""
    assert actions.mail_sent(mail.id, claim(mail), keep_words)
    db_session.expire_all()
    assert (mail.state, mail.sent_at, mail.claim is not None) == ("sent", NOW, True)
    assert (mail.subject, mail.values, len(mail.attachments)) == kept


def test_sweep_mails_hands_over_what_nobody_comes_for(db_session, mail, at):
    """Waiting and due, or claimed by a worker that died; not what its own job, a worker or the clock has."""
    swept = {"fresh": swept_at(at, NOW + MINUTE), "waiting": swept_at(at, NOW + MINUTE + MOMENT)}
    at(NOW)
    first = claim(mail)
    swept["sending"] = swept_at(at, NOW + 5 * MINUTE)
    swept["dead"] = swept_at(at, NOW + 5 * MINUTE + MOMENT)
    at(NOW)
    actions.mail_not_sent(mail.id, first, "SMTP 451", final=False)
    db_session.flush()
    swept["early"] = swept_at(at, NOW + MINUTE - MOMENT)
    swept["due"] = swept_at(at, NOW + MINUTE)
    job = [("jobs.mail.send_mails", (mail.id,))]
    assert swept == {"fresh": [], "waiting": job, "sending": [], "dead": job, "early": [], "due": job}


def swept_at(at, when):
    """What the sweep hands over at a moment."""
    at(when)
    actions.sweep_mails(when)
    return take_handed_over()


def test_sweep_mails_gives_up_what_killed_every_worker(db_session, mail, at):
    """Eight claims that died: somebody may look at the row, no ninth worker dies."""
    when = NOW
    for _ in range(8):
        assert claim(mail) is not None
        when += 5 * MINUTE + MOMENT
        at(when)
    assert swept_at(at, when) == []
    db_session.expire_all()
    assert (mail.state, mail.error, mail.attempts) == ("failed", "WorkerDied", 8)


def test_delete_old_mails_after_thirty_days(db_session, mail):
    """Sent or given up; what still waits stays."""
    month = timedelta(days=30)
    assert actions.delete_old_mails(NOW + month + MOMENT) == 0
    actions.mail_sent(mail.id, claim(mail))
    assert [actions.delete_old_mails(NOW + month), actions.delete_old_mails(NOW + month + MOMENT)] == [0, 1]
    assert db_session.scalars(select(Mail)).all() == []
