"""What a mail is before it is a row."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Attachment:
    """A small text file that goes with a mail, such as a calendar entry."""

    name: str
    type: str
    text: str


@dataclass(frozen=True)
class Message:
    """One mail to one person: the template's name under templates/mail (without .txt) and its values
    (JSON).
    """

    recipient: str
    subject: str
    template: str
    values: dict[str, object] = field(default_factory=dict)
    attachments: tuple[Attachment, ...] = ()
