"""Mails to judges, and to organisers about them."""

from __future__ import annotations

from awards.judging.rules import Window
from backstage.outbox.messages import Message
from base import settings
from base.display import day_and_time, plural


def _address(path: str) -> str:
    return f"{settings.current().public_address}{path}"


def invited(email: str, name: str, category: str, scheme: str, chair: bool, window: Window) -> Message:
    """To somebody who has been put on a panel."""
    return Message(
        recipient=email,
        subject=f"You are a judge: {category}",
        template="judging/invited",
        values={
            "name": name,
            "category": category,
            "scheme": scheme,
            "chair": chair,
            "ends": day_and_time(window.ends) if window.ends else "",
            "link": _address("/judging"),
        },
    )


def reads_given(email: str, name: str, category: str, scheme: str, count: int, window: Window) -> Message:
    """To a judge who has been given entries to read."""
    entries = plural(count, "entry", "entries")
    return Message(
        recipient=email,
        subject=f"{entries} to read: {category}",
        template="judging/reads_given",
        values={
            "name": name,
            "category": category,
            "scheme": scheme,
            "entries": entries,
            "ends": day_and_time(window.ends) if window.ends else "",
            "link": _address("/judging"),
        },
    )


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
            "link": _address(panel_path),
        },
    )
