"""Sending what is in the outbox through a real SMTP server; once, whatever dies in between."""

from __future__ import annotations

import dataclasses
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy import select

from backstage.outbox import actions
from backstage.outbox.messages import Message
from backstage.outbox.models import Mail
from base import settings
from base.database import db
from jobs.mail import send_mails
from jobs.step import step
from outside import queue
from tests.outside.smtp import MailServer
from tests.ports import free_port
from tests.waiting import LAST_RESORT

NOW = datetime(2026, 9, 17, 9, 30, tzinfo=UTC)
CLAIM_DIES = timedelta(minutes=5, microseconds=1)
VALUES: dict[str, object] = {"code": "123 456", "link": "http://localhost/sign-in/link/abc"}


@pytest.fixture
def server(app, test_settings):
    """A mail server, and settings that name it."""
    with MailServer() as running:
        settings.use(dataclasses.replace(test_settings, smtp_url=running.url))
        yield running
    settings.use(test_settings)


@pytest.fixture
def mail_id(app, at):
    """A mail that waits since 9.30."""
    at(NOW)
    return post(VALUES)


def post(values):
    """Write a mail; its id."""
    with step():
        actions.post(Message("maya@example.org", "Your code", "sign_in/code_and_link", values))
        return db.session.scalars(select(Mail.id).order_by(Mail.id.desc())).first()


def row(app, mail_id):
    """(state, attempts, error) of a mail."""
    with app.app_context():
        mail = db.session.get_one(Mail, mail_id)
        return mail.state, mail.attempts, mail.error


def test_send_mail_delivers_it_once(app, server, mail_id):
    """A second job for the same row does nothing; the words are gone from the table."""
    send_mails(mail_id)
    send_mails(mail_id)
    [(_, recipients, message)] = server.received
    assert (recipients, message["Subject"]) == (["maya@example.org"], "Your code")
    assert "your sign-in code is 123 456" in message.get_body(("plain",)).get_content()
    assert 'href="http://localhost/sign-in/link/abc"' in message.get_body(("html",)).get_content()
    assert row(app, mail_id) == ("sent", 1, "")
    with app.app_context():
        mail = db.session.get_one(Mail, mail_id)
        assert (mail.subject, mail.values, mail.sent_at) == ("", {}, NOW)


def test_send_mail_of_nothing(server):
    """A row that was deleted meanwhile."""
    send_mails(2_000_000_000)
    assert server.received == []


def test_two_workers_at_once_send_one_mail(server, mail_id):
    """Both have the job; one has the row."""
    barrier = Barrier(2)

    def work(_):
        barrier.wait(LAST_RESORT)
        send_mails(mail_id)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(work, range(2)))
    assert len(server.received) == 1


def test_a_refusal_for_now_is_tried_again_when_it_is_time(app, server, mail_id, at):
    """450 once, then taken: one mail; the sweep hands it over a minute later, not before."""
    server.answer["RCPT"] = "450 greylisted"
    send_mails(mail_id)
    assert row(app, mail_id) == ("waiting", 1, "SMTP 450")
    del server.answer["RCPT"]
    send_mails(mail_id)
    assert server.received == []
    at(NOW + timedelta(minutes=1))
    queue.connection().flushdb()
    with step():
        actions.sweep_mails(NOW + timedelta(minutes=1))
    assert [list(job.args) for job in queue.queue("soon").get_jobs()] == [[mail_id]]
    send_mails(mail_id)
    assert (len(server.received), row(app, mail_id)) == (1, ("sent", 2, ""))


def test_a_refusal_for_ever_is_not_tried_again(app, server, mail_id, at):
    """550: nobody lives there."""
    server.answer["RCPT"] = "550 no such mailbox maya@example.org"
    send_mails(mail_id)
    at(NOW + timedelta(days=1))
    send_mails(mail_id)
    assert row(app, mail_id) == ("failed", 1, "SMTP 550")


def test_a_worker_that_dies_before_sending_loses_no_mail(app, server, mail_id, at):
    """It had claimed the row. When the claim has died, and not before, another sends it, once."""
    with step():
        assert actions.claim_mail(mail_id) is not None
    send_mails(mail_id)
    assert server.received == []
    at(NOW + CLAIM_DIES)
    for _ in range(2):
        send_mails(mail_id)
    assert (len(server.received), row(app, mail_id)) == (1, ("sent", 2, ""))


def test_a_worker_that_dies_after_sending_sends_a_recognisable_copy(server, mail_id, at):
    """Nobody can know what was never written down: the copy has the Message-ID of the first."""

    def die():
        server.on_data = None
        raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(actions, "mail_sent", lambda *_, **__: die())
        with pytest.raises(KeyboardInterrupt):
            send_mails(mail_id)
    send_mails(mail_id)
    assert len(server.received) == 1
    at(NOW + CLAIM_DIES)
    send_mails(mail_id)
    assert len({message["Message-ID"] for _, _, message in server.received}) == 1
    assert len(server.received) == 2


def test_a_mail_that_cannot_be_composed_is_given_up_in_the_end(app, server, at, caplog):
    """It does not go round for ever; the row and the log name the class of the mistake, no words."""
    at(NOW)
    mail_id = post({"code": "123 456"})
    seen, when = [], NOW
    for _ in range(8):
        send_mails(mail_id)
        seen.append(row(app, mail_id))
        when += timedelta(hours=5)
        at(when)
    assert seen == [("waiting", number, "UndefinedError") for number in range(1, 8)] + [
        ("failed", 8, "UndefinedError")
    ]
    send_mails(mail_id)
    assert server.received == []
    assert {record.getMessage() for record in caplog.records} == {
        f"mail {mail_id} cannot be written: UndefinedError"
    }


@pytest.fixture
def three(app, at):
    """Three mails that wait since 9.30."""
    at(NOW)
    return [post(VALUES) for _ in range(3)]


def test_several_are_sent_over_one_connection(app, server, three):
    """In order; each row says so."""
    send_mails(*three)
    assert [row(app, one) for one in three] == [("sent", 1, "")] * 3
    assert (len(server.received), len(set(server.connections))) == (3, 1)


def test_one_that_is_refused_or_cannot_be_written_leaves_the_others(app, server, at):
    """The bad ones say why, the good ones are sent."""
    at(NOW)
    ids = [post(VALUES), post({"code": "123 456"}), post(VALUES)]
    with step():
        db.session.get_one(Mail, ids[0]).recipient = "nobody@example.org"
    server.answer["RCPT nobody@example.org"] = "550 no such mailbox"
    send_mails(*ids)
    assert [row(app, one) for one in ids] == [
        ("failed", 1, "SMTP 550"),
        ("waiting", 1, "UndefinedError"),
        ("sent", 1, ""),
    ]


def test_where_the_server_is_away_the_rest_waits_for_the_sweep(app, three, test_settings, at):
    """One try, not three; a minute later the sweep hands over all three, in one job."""
    settings.use(dataclasses.replace(test_settings, smtp_url=f"smtp://127.0.0.1:{free_port()}"))
    send_mails(*three)
    settings.use(test_settings)
    assert [row(app, one) for one in three] == [
        ("waiting", 1, "ConnectionRefusedError"),
        ("waiting", 0, ""),
        ("waiting", 0, ""),
    ]
    later = NOW + timedelta(minutes=1, microseconds=1)
    at(later)
    queue.connection().flushdb()
    with step():
        actions.sweep_mails(later)
    [job] = queue.queue("soon").get_jobs()
    assert sorted(job.args) == three


def test_a_worker_that_dies_between_two_has_touched_no_other(app, server, three):
    """The second was taken by the server, and nobody knows; the first is finished, the third untouched."""
    really = actions.mail_sent

    def die_at_the_second(mail_id, *more, **others):
        if mail_id == three[1]:
            raise KeyboardInterrupt
        return really(mail_id, *more, **others)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(actions, "mail_sent", die_at_the_second)
        with pytest.raises(KeyboardInterrupt):
            send_mails(*three)
    assert [row(app, one) for one in three] == [("sent", 1, ""), ("sending", 1, ""), ("waiting", 0, "")]
    assert len(server.received) == 2
