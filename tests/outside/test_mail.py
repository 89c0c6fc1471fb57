"""Mail through a real SMTP server on loopback."""

from __future__ import annotations

import pytest

from outside import mail
from outside.mail import MailRefused, ServerAway
from tests.outside.smtp import MailServer
from tests.ports import free_port


def message(recipient="maya@example.org", attachments=()):
    """A mail with both parts."""
    return mail.compose(
        "Chorus <chorus@example.org>",
        recipient,
        "Dein Kürzel – ready",
        "Hello\n",
        "<p>Hello</p>",
        list(attachments),
        "a" * 32,
    )


def send(url, *messages):
    """Send these over one connection."""
    with mail.Server(url) as server:
        for one in messages:
            server.send(one)


@pytest.fixture
def server():
    """A mail server that takes everything until told otherwise."""
    with MailServer() as running:
        yield running


def test_send_delivers_text_html_and_attachment(server):
    """As composed, with our own Message-ID and the mark that a machine wrote it."""
    calendar = {"name": "day.ics", "type": "text/calendar", "text": "BEGIN:VCALENDAR\nEND:VCALENDAR\n"}
    send(server.url, message(attachments=[calendar]))
    [(sender, recipients, seen)] = server.received
    assert (sender, recipients) == ("chorus@example.org", ["maya@example.org"])
    assert {name: str(seen[name]) for name in ("From", "To", "Subject", "Message-ID", "Auto-Submitted")} == {
        "From": "Chorus <chorus@example.org>",
        "To": "maya@example.org",
        "Subject": "Dein Kürzel – ready",
        "Message-ID": f"<{'a' * 32}@example.org>",
        "Auto-Submitted": "auto-generated",
    }
    kinds = [part.get_content_type() for part in seen.walk() if not part.is_multipart()]
    assert kinds == ["text/plain", "text/html", "text/calendar"]
    assert [part.get_filename() for part in seen.iter_attachments()] == ["day.ics"]


@pytest.mark.parametrize(
    ("step", "reply", "why", "final"),
    [
        ("RCPT", "550 no such mailbox", "SMTP 550", True),
        ("RCPT", "450 try later", "SMTP 450", False),
        ("RCPT", "452 full", "SMTP 452", False),
        ("MAIL", "451 try later", "SMTP 451", False),
        ("MAIL", "530 authentication needed", "SMTP 530", False),
        ("MAIL", "553 bad sender", "SMTP 553", True),
        ("DATA", "554 spam", "SMTP 554", True),
        ("DATA", "451 try later", "SMTP 451", False),
    ],
)
def test_send_says_whether_a_refusal_is_final(server, step, reply, why, final):
    """4xx may pass, 5xx about this mail never will; the server's own words are not kept."""
    server.answer[step] = reply
    with pytest.raises(MailRefused) as refused:
        send(server.url, message())
    assert (str(refused.value), refused.value.final, server.received) == (why, final, [])


def test_several_go_over_one_connection_until_the_server_hangs_up(server):
    """As some servers do after a number of messages: the next one gets a new connection, and none is lost."""
    with mail.Server(server.url) as connected:
        for number in range(4):
            if number == 2:
                server.hang_up()
            connected.send(message(f"p{number}@example.org"))
    assert [recipients for _, recipients, _ in server.received] == [[f"p{n}@example.org"] for n in range(4)]
    assert len(set(server.connections)) == 2
    assert server.connections[0] == server.connections[1] != server.connections[2] == server.connections[3]


def test_after_a_refusal_the_next_one_is_taken(server):
    """Whatever state the refusal left the connection in."""
    with mail.Server(server.url) as connected:
        server.answer["RCPT"] = "550 no such mailbox"
        with pytest.raises(MailRefused):
            connected.send(message())
        del server.answer["RCPT"]
        connected.send(message("ada@example.org"))
    assert [recipients for _, recipients, _ in server.received] == [["ada@example.org"]]


def test_without_an_address_nothing_is_sent():
    """The demonstration has no mail server."""
    send("", message())


def test_send_to_nobody_listening_is_not_final():
    """The server may come back."""
    with pytest.raises(ServerAway) as refused:
        send(f"smtp://127.0.0.1:{free_port()}", message())
    assert (str(refused.value), refused.value.final) == ("ConnectionRefusedError", False)


def test_send_with_a_password_that_is_wrong_is_not_final(server):
    """Somebody may correct it; no mail is lost meanwhile."""
    with pytest.raises(ServerAway) as refused:
        send(server.url.replace("smtp://", "smtp://us%40er:p%3Aw@"), message())
    assert refused.value.final is False


@pytest.mark.parametrize("bad", ["maya@example.org\nBcc: all@example.org", "maya@example.org\r\nX: y"])
def test_compose_refuses_a_recipient_with_a_second_line(bad):
    """No header can be smuggled in."""
    with pytest.raises(ValueError, match="linefeed"):
        message(recipient=bad)
