"""Sending mail through SMTP."""

from __future__ import annotations

import contextlib
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


class ServerAway(MailRefused):
    """There is no speaking to the mail server now."""


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


class Server:
    """The mail server at smtp:// or smtps://, spoken to over one connection: `with Server(url) as server:`.

    It connects when first needed, and again after any trouble. An empty address is the demonstration's: what
    is sent goes nowhere.
    """

    def __init__(self, smtp_url: str) -> None:
        self.smtp_url = smtp_url
        self._connection: smtplib.SMTP | None = None

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *_: object) -> None:
        self._leave()

    def send(self, message: EmailMessage) -> None:
        """Hand a message over; raises MailRefused, or ServerAway where no other message would fare better."""
        if not self.smtp_url:
            return
        connection = self._connected()
        try:
            connection.send_message(message)
        except (OSError, smtplib.SMTPException) as error:
            self._leave()
            raise _refusal(error) from None

    def _connected(self) -> smtplib.SMTP:
        """A connection that is ready for a message: the one there is, if it still answers, or a new one."""
        if self._connection and not _answers(self._connection):
            self._leave()
        if self._connection is None:
            try:
                self._connection = _connect(self.smtp_url)
            except smtplib.SMTPResponseException as error:
                raise ServerAway(f"SMTP {error.smtp_code}", final=False) from None
            except (OSError, smtplib.SMTPException) as error:
                raise ServerAway(type(error).__name__, final=False) from None
        return self._connection

    def _leave(self) -> None:
        """Say goodbye where there is somebody to say it to."""
        connection, self._connection = self._connection, None
        if connection:
            with contextlib.suppress(OSError, smtplib.SMTPException):
                connection.quit()


def _answers(connection: smtplib.SMTP) -> bool:
    """Whether the server has not hung up meanwhile: some take only so many messages at a time."""
    try:
        return connection.noop()[0] == 250
    except (OSError, smtplib.SMTPException):
        return False


def _connect(smtp_url: str) -> smtplib.SMTP:
    """A new connection, encrypted where that is offered, signed in where we have a name.

    Raises what smtplib raises.
    """
    parts = urlsplit(smtp_url)
    host, port = parts.hostname or "localhost", parts.port
    server: smtplib.SMTP
    if parts.scheme == "smtps":
        server = smtplib.SMTP_SSL(host, port or 465, timeout=TIMEOUT, context=ssl.create_default_context())
    else:
        server = smtplib.SMTP(host, port or 587, timeout=TIMEOUT)
    try:
        server.ehlo()
        if parts.scheme != "smtps" and server.has_extn("starttls"):
            server.starttls(context=ssl.create_default_context())
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
    except BaseException:
        server.close()
        raise
    return server


def _refusal(error: OSError | smtplib.SMTPException) -> MailRefused:
    """What went wrong, without the server's own words."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code = next(iter(error.recipients.values()))[0]
        return MailRefused(f"SMTP {code}", final=code >= 500)
    if isinstance(error, smtplib.SMTPResponseException):
        return MailRefused(f"SMTP {error.smtp_code}", final=error.smtp_code >= 550)
    return ServerAway(type(error).__name__, final=False)
