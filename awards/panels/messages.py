"""Mails to judges about their panel."""

from __future__ import annotations

from datetime import datetime

from backstage.outbox.messages import Message
from base import settings
from base.display import day_and_time


def invited(
    email: str, name: str, category: str, scheme: str, chair: bool, judging_ends: datetime | None
) -> Message:
    """To somebody who has been put on a panel; `category` and `scheme` are names."""
    return Message(
        recipient=email,
        subject=f"You are a judge: {category}",
        template="panels/invited",
        values={
            "name": name,
            "category": category,
            "scheme": scheme,
            "chair": chair,
            "ends": day_and_time(judging_ends) if judging_ends else "",
            "link": settings.page_address("/judging"),
        },
    )
