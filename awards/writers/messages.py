"""Mails to those who write an entry, or are asked to."""

from __future__ import annotations

from datetime import datetime

from backstage.outbox.messages import Message
from base import settings
from base.display import day_and_time, left


def _link(reference: str) -> str:
    return settings.page_address(f"/entries/{reference}")


def invited(
    email: str,
    name: str,
    *,
    by: str,
    reference: str,
    title: str,
    category: str,
    scheme: str,
    closes_at: datetime,
) -> Message:
    """To somebody who has been asked to write an entry too."""
    return Message(
        recipient=email,
        subject=f"{by} asks you to help write an entry",
        template="writers/invited",
        values={
            "name": name,
            "by": by,
            "title": title,
            "category": category,
            "scheme": scheme,
            "closes": day_and_time(closes_at),
            "link": _link(reference),
        },
    )


def nudge(
    email: str,
    name: str,
    *,
    reference: str,
    title: str,
    category: str,
    scheme: str,
    closes_at: datetime,
    now: datetime,
) -> Message:
    """To a writer whose draft has rested for a week."""
    return Message(
        recipient=email,
        subject=f"Your entry to the {scheme}: {left(closes_at, now)}",
        template="writers/nudge",
        values={
            "name": name,
            "title": title,
            "category": category,
            "scheme": scheme,
            "closes": day_and_time(closes_at),
            "left": left(closes_at, now),
            "link": _link(reference),
        },
    )
