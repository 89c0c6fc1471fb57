"""Mail rows as their readers see them: a text and an HTML part from one template."""

from __future__ import annotations

import re
from email.message import EmailMessage

from flask import current_app

from backstage.outbox.models import Mail
from base import settings
from outside import mail as sending

LINK = re.compile(r"https?://\S+")


def text_of(template: str, values: dict[str, object]) -> str:
    """The text part: templates/mail/<template>.txt with its values and our closing lines."""
    environment = current_app.jinja_env
    body = environment.get_template(f"mail/{template}.txt").render(**values).strip()
    return environment.get_template("mail/frame.txt").render(body=body)


def html_of(subject: str, text: str) -> str:
    """The HTML part, from the text: a line that is an address becomes a button, lines with a dash a list."""
    return current_app.jinja_env.get_template("mail/frame.html").render(
        subject=subject, blocks=blocks_of(text)
    )


def blocks_of(text: str) -> list[dict[str, object]]:
    """The paragraphs of a text as {"kind": "text" | "button" | "list", "lines": [...]}."""
    blocks: list[dict[str, object]] = []
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        lines = [line.strip() for line in paragraph.splitlines() if line.strip()]
        if not lines:
            continue
        if all(line.startswith("- ") for line in lines):
            blocks.append({"kind": "list", "lines": [line[2:] for line in lines]})
        elif len(lines) == 1 and LINK.fullmatch(lines[0]):
            blocks.append({"kind": "button", "lines": lines})
        else:
            blocks.append({"kind": "text", "lines": lines})
    return blocks


def compose(row: Mail) -> EmailMessage:
    """The whole message of an outbox row."""
    text = text_of(row.template, row.values)
    return sending.compose(
        sender=settings.current().mail_from,
        recipient=row.recipient,
        subject=row.subject,
        text=text,
        html=html_of(row.subject, text),
        attachments=row.attachments,
        reference=row.reference,
    )
