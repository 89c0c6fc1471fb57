"""Sending the mails of the outbox."""

from __future__ import annotations

from backstage.outbox import actions, letters, queries
from base import settings
from jobs.step import app, step
from outside import mail


def send_mail(mail_id: int) -> None:
    """Send one mail that waits.

    In the demonstration there is no mail server: it is delivered to /demo/mail.
    """
    with step():
        row = actions.claim_mail(mail_id)
        claim = row.claim if row else None
    if claim is None:
        return
    try:
        _deliver(mail_id)
    except mail.MailRefused as refused:
        with step():
            actions.mail_not_sent(mail_id, claim, str(refused), refused.final)
    except Exception as error:
        # A mail that cannot even be written down: it is tried later and given up in the end, as any other.
        with step():
            actions.mail_not_sent(mail_id, claim, type(error).__name__, final=False)
        raise
    else:
        with step():
            actions.mail_sent(mail_id, claim, keep_words=settings.current().demo)


def _deliver(mail_id: int) -> None:
    """Compose the mail and hand it to the mail server, outside any transaction; raises MailRefused."""
    with step():
        message = letters.write_letter(app().jinja_env, queries.mail_by_id(mail_id))
    if settings.current().smtp_url:
        mail.send(settings.current().smtp_url, message)
