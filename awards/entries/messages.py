"""Mails about entries."""

from __future__ import annotations

from datetime import datetime

from backstage.outbox.messages import Message
from base import settings
from base.display import clock_time, day, day_and_time


def receipt(
    email: str,
    name: str,
    *,
    reference: str,
    title: str,
    category: str,
    scheme: str,
    organisation: str,
    sent_by: str,
    submitted_at: datetime,
    closes_at: datetime,
    shortlist_at: datetime | None,
) -> Message:
    """To each writer: the entry has arrived; its reference and what happens next."""
    return Message(
        recipient=email,
        subject=f"We have your entry {reference}: {title}",
        template="entries/receipt",
        values={
            "name": name,
            "reference": reference,
            "title": title,
            "category": category,
            "scheme": scheme,
            "organisation": organisation,
            "sent_by": sent_by,
            "submitted": day_and_time(submitted_at),
            "closes": day_and_time(closes_at),
            "shortlist": f"{day(shortlist_at)} at {clock_time(shortlist_at)}" if shortlist_at else "",
            "link": settings.page_address(f"/entries/{reference}/status"),
        },
    )
