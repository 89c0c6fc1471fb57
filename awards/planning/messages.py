"""Mails to judges about what they have to read."""

from __future__ import annotations

from datetime import datetime

from backstage.outbox.messages import Message
from base import settings
from base.display import day_and_time, plural


def reads_given(
    email: str, name: str, category: str, scheme: str, count: int, judging_ends: datetime | None
) -> Message:
    """To a judge who has been given `count` entries to read; `category` and `scheme` are names."""
    entries = plural(count, "entry", "entries")
    return Message(
        recipient=email,
        subject=f"{entries} to read: {category}",
        template="planning/reads_given",
        values={
            "name": name,
            "category": category,
            "scheme": scheme,
            "entries": entries,
            "ends": day_and_time(judging_ends) if judging_ends else "",
            "link": settings.page_address("/judging"),
        },
    )
