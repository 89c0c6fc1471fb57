"""What entrants are told at the hour of the shortlist and at the hour of the winners."""

from __future__ import annotations

from backstage.outbox.messages import Message
from base import settings

# What an entry is told, by hour and outcome (None: not on the shortlist): template and subject.
TOLD: dict[tuple[str, str | None], tuple[str, str]] = {
    ("shortlist", "shortlisted"): ("outcomes/shortlisted", "{title} is shortlisted"),
    ("shortlist", None): ("outcomes/not_shortlisted", "About {title}: the shortlist"),
    ("winners", "winner"): ("outcomes/winner", "{title} has won"),
    ("winners", "highly_commended"): ("outcomes/highly_commended", "{title} is highly commended"),
    ("winners", "shortlisted"): ("outcomes/not_winner", "About {title}: the winners"),
}


def outcome_told(
    email: str,
    name: str,
    hour: str,
    outcome: str | None,
    reference: str,
    title: str,
    category: str,
    scheme: str,
    winners_on: str,
) -> Message:
    """To a writer at an hour ("shortlist" or "winners"): what became of the entry, as far as that hour
    tells.
    """
    template, subject = TOLD[hour, outcome]
    return Message(
        recipient=email,
        subject=subject.format(title=title),
        template=template,
        values={
            "name": name,
            "reference": reference,
            "title": title,
            "category": category,
            "scheme": scheme,
            "winners_on": winners_on,
            "link": f"{settings.current().public_address}/entries/{reference}/status",
        },
    )
