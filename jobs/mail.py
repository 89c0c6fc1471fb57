"""Sending the mails of the outbox."""

from __future__ import annotations

from backstage.outbox import actions
from base import settings
from jobs.worker import step
from outside import mail
from website.mails import compose


def send_mail(mail_id: int) -> None:
    """Send one mail that waits. In the demonstration there is no mail server: it is delivered to
    /demo/mail.
    """
    with step():
        row = actions.claim_mail(mail_id)
        if row is None or row.claim is None:
            return
        claim, message = row.claim, compose(row)
    try:
        if settings.current().smtp_url:
            mail.send(settings.current().smtp_url, message)
    except mail.MailRefused as error:
        with step():
            actions.mail_not_sent(mail_id, claim, str(error), error.final)
        return
    with step():
        actions.mail_sent(mail_id, claim)
