"""Mail rows as their readers see them: a text and an HTML part from one template.

`environment` is where the templates come from: the app's `jinja_env`.
"""

from __future__ import annotations

import re
from email.message import EmailMessage

from jinja2 import Environment

from backstage.outbox.models import Mail
from base import settings
from outside import mail as sending

LINK = re.compile(r"https?://\S+")


def text_of(environment: Environment, template: str, values: dict[str, object]) -> str:
    """The text part: templates/mail/<template>.txt with its values and our closing lines."""
    body = environment.get_template(f"mail/{template}.txt").render(**values).strip()
    return environment.get_template("mail/frame.txt").render(body=body)


def html_of(environment: Environment, subject: str, text: str) -> str:
    """The HTML part, from the text: a line that is an address becomes a button, lines with a dash a list."""
    return environment.get_template("mail/frame.html").render(subject=subject, blocks=blocks_of(text))


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


def write_letter(environment: Environment, row: Mail) -> EmailMessage:
    """The whole message of an outbox row, ready to be sent."""
    text = text_of(environment, row.template, row.values)
    return sending.compose(
        sender=settings.current().mail_from,
        recipient=row.recipient,
        subject=row.subject,
        text=text,
        html=html_of(environment, row.subject, text),
        attachments=row.attachments,
        reference=row.reference,
    )
