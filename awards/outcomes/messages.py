"""What entrants are told at the hour of the shortlist and at the hour of the winners."""

from __future__ import annotations

from awards.outcomes.rules import Letter
from backstage.outbox.messages import Message
from base import settings


def outcome_told(
    email: str,
    name: str,
    letter: Letter,
    reference: str,
    title: str,
    category: str,
    scheme: str,
    winners_on: str,
) -> Message:
    """To a writer at one of the two hours: what became of the entry, as far as that hour tells.

    `scheme` is its name with the year, `winners_on` the winners' hour in words, empty while it is not set.
    """
    return Message(
        recipient=email,
        subject=letter.subject,
        template=letter.template,
        values={
            "name": name,
            "reference": reference,
            "title": title,
            "is_so": letter.is_so,
            "category": category,
            "scheme": scheme,
            "winners_on": winners_on,
            "link": settings.page_address(f"/entries/{reference}/status"),
        },
    )
