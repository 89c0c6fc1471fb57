"""Sending mail through SMTP."""

from __future__ import annotations

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from urllib.parse import unquote, urlsplit

TIMEOUT = 20


class MailRefused(Exception):
    """The mail server will not take this message, now or ever; `final` says which."""

    def __init__(self, why: str, final: bool) -> None:
        super().__init__(why)
        self.final = final


def compose(
    sender: str,
    recipient: str,
    subject: str,
    text: str,
    html: str,
    attachments: list[dict[str, str]],
    reference: str,
) -> EmailMessage:
    """A message of a text and an HTML part. Attachments are {name, type, text}.

    `reference` (the outbox row's own random name) becomes the Message-ID, so that a second sending of the
    same
    row can be recognised by the reader's mail program.
    """
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, recipient, subject
    message["Date"] = formatdate(localtime=False)
    domain = sender.rpartition("@")[2].rstrip(">") or "chorus.invalid"
    message["Message-ID"] = f"<{reference}@{domain}>" if reference else make_msgid(domain=domain)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    message.add_alternative(html, subtype="html")
    for item in attachments:
        main, _, sub = item["type"].partition("/")
        message.add_attachment(item["text"].encode(), maintype=main, subtype=sub, filename=item["name"])
    return message


def send(smtp_url: str, message: EmailMessage) -> None:
    """Hand a message to the server at smtp:// or smtps://; raises MailRefused."""
    parts = urlsplit(smtp_url)
    host, port = parts.hostname or "localhost", parts.port
    try:
        server: smtplib.SMTP
        if parts.scheme == "smtps":
            server = smtplib.SMTP_SSL(
                host, port or 465, timeout=TIMEOUT, context=ssl.create_default_context()
            )
        else:
            server = smtplib.SMTP(host, port or 587, timeout=TIMEOUT)
        with server:
            server.ehlo()
            if parts.scheme != "smtps" and server.has_extn("starttls"):
                server.starttls(context=ssl.create_default_context())
            if parts.username:
                server.login(unquote(parts.username), unquote(parts.password or ""))
            server.send_message(message)
    except smtplib.SMTPRecipientsRefused as error:
        code = next(iter(error.recipients.values()))[0]
        raise MailRefused(f"SMTP {code}", final=code >= 500) from None
    except smtplib.SMTPResponseException as error:
        raise MailRefused(f"SMTP {error.smtp_code}", final=error.smtp_code >= 550) from None
    except (OSError, smtplib.SMTPException) as error:
        raise MailRefused(type(error).__name__, final=False) from None
