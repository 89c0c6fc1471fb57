"""Mails about joining organisations."""

from __future__ import annotations

from backstage.outbox.messages import Message
from base import settings


def asks_to_join(lead_email: str, lead_name: str, person_name: str, organisation: str, slug: str) -> Message:
    """To a lead: somebody asks to join."""
    return Message(
        recipient=lead_email,
        subject=f"{person_name} asks to join {organisation} on Chorus",
        template="organisations/asks_to_join",
        values={
            "name": lead_name,
            "person": person_name,
            "organisation": organisation,
            "link": settings.page_address(f"/organisations/{slug}"),
        },
    )


def join_decided(email: str, name: str, organisation: str, let_in: bool) -> Message:
    """To the person: let in, or not."""
    return Message(
        recipient=email,
        subject=f"You can write entries for {organisation} now"
        if let_in
        else f"About joining {organisation}",
        template="organisations/join_decided",
        values={
            "name": name,
            "organisation": organisation,
            "let_in": let_in,
            "link": settings.page_address("/me"),
        },
    )
