"""The hours of the demonstration's story."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from awards.schemes.queries import scheme_by_slug
from base.errors import NotHere
from events.set_up.queries import event_by_slug
from website.demo.rules import JUDGED, OPEN


@dataclass(frozen=True)
class Hour:
    """A moment to which the demonstration's clock can be moved."""

    key: str
    name: str
    when: datetime
    see: str


def hours_of_the_story() -> list[Hour]:
    """The moments worth seeing, in order."""
    judged, opened, day = scheme_by_slug(JUDGED), scheme_by_slug(OPEN), event_by_slug("symphony")
    hours = [
        Hour(
            "closing",
            "Just before entries close",
            opened.closes_at - timedelta(minutes=5),
            f"Five minutes are left to enter the {opened.name}",
        ),
        Hour(
            "symphony",
            "The morning of the Symphony",
            day.starts_at - timedelta(minutes=15),
            "The doors open; the surprise is still one",
        ),
        Hour(
            "surprise",
            "When the surprise is told",
            day.starts_at + timedelta(hours=4, minutes=1),
            "A session shows its true name everywhere at once",
        ),
    ]
    if judged.shortlist_at:
        hours.append(
            Hour(
                "shortlist",
                "When the shortlist is told",
                judged.shortlist_at + timedelta(minutes=1),
                "Entrants of the awards being judged learn whether they are on it",
            )
        )
    if judged.winners_at:
        hours.append(
            Hour(
                "ceremony",
                "The ceremony in Liverpool",
                judged.winners_at + timedelta(minutes=1),
                "The winners are told, certificates can be fetched",
            )
        )
    return sorted(hours, key=lambda hour: hour.when)


def hour_of_the_story(key: str) -> Hour:
    """One of them; raises NotHere."""
    for hour in hours_of_the_story():
        if hour.key == key:
            return hour
    raise NotHere
