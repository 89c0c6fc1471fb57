"""Mails to organisers about judges."""

from __future__ import annotations

from backstage.outbox.messages import Message
from base import settings


def stepped_back(
    email: str, name: str, judge: str, reference: str, title: str, reason: str, panel_path: str
) -> Message:
    """To an organiser: a judge has a conflict, so an entry needs another read."""
    return Message(
        recipient=email,
        subject=f"{judge} has stepped back from {reference}",
        template="judging/stepped_back",
        values={
            "name": name,
            "judge": judge,
            "reference": reference,
            "title": title,
            "reason": reason,
            "link": settings.page_address(panel_path),
        },
    )
