"""Sending the mails of the outbox."""

from __future__ import annotations

import logging
from email.message import EmailMessage

from backstage.outbox import actions, letters
from base import settings
from jobs.step import app, step
from outside import mail

log = logging.getLogger(__name__)


def send_mails(*mail_ids: int) -> None:
    """Send what still waits of these mails, one after the other over one connection.

    Each is claimed just before it is sent and finished just after: a worker that is killed may have sent the
    one in its hands without saying so, never another. Where the mail server is away the rest waits for the
    sweep. In the demonstration there is none: a mail is delivered to /demo/mail.
    """
    with mail.Server(settings.current().smtp_url) as server:
        for mail_id in mail_ids:
            try:
                _send(mail_id, server)
            except mail.ServerAway:
                return


def _send(mail_id: int, server: mail.Server) -> None:
    """Claim, write, send and finish one mail; raises ServerAway after putting it back."""
    claim, message, why_not = _claimed(mail_id)
    if not claim:
        return
    refused: mail.MailRefused | None = None
    if message:
        try:
            server.send(message)
        except mail.MailRefused as error:
            refused, why_not = error, str(error)
    with step():
        if why_not:
            actions.mail_not_sent(mail_id, claim, why_not, final=bool(refused and refused.final))
        else:
            actions.mail_sent(mail_id, claim, keep_words=settings.current().demo)
    if isinstance(refused, mail.ServerAway):
        raise refused


def _claimed(mail_id: int) -> tuple[str, EmailMessage | None, str]:
    """Claim a mail and write it: the claim, empty where others have it; the letter, or why there is none.

    A mail that cannot even be written down is tried later and given up in the end, as any other.
    """
    with step():
        row = actions.claim_mail(mail_id)
        if row is None or row.claim is None:
            return "", None, ""
        claim = row.claim
        try:
            return claim, letters.write_letter(app().jinja_env, row), ""
        except Exception as error:  # noqa: BLE001 - the row says what kind it was
            # No traceback: it could carry what people wrote.
            log.error("mail %s cannot be written: %s", mail_id, type(error).__name__)  # noqa: TRY400
            return claim, None, type(error).__name__
