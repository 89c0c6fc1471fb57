"""The demonstration's story: who is in it, when things happen, what there is to try. Read from
demo/season.yaml.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from website.factory import ROOT

LONDON = ZoneInfo("Europe/London")
JUDGED, LAST_YEAR, OPEN = "ppmh", "ppmh-last-year", "cyp"


@lru_cache(maxsize=1)
def season() -> dict[str, Any]:
    """The whole season as it is written."""
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "demo" / "season.yaml").read_text())
    return loaded


def address(name: str) -> str:
    """The invented address of an invented person: "Maya Collins" gives maya.collins@example.org."""
    return ".".join(name.lower().split()) + "@example.org"


def moment(written: str | datetime, weeks: int = 0) -> datetime:
    """A written London time, moved by whole weeks, in UTC; it stays at its hour when the clocks change."""
    naive = datetime.fromisoformat(str(written)) if not isinstance(written, datetime) else written
    return (naive.replace(tzinfo=None) + timedelta(weeks=weeks)).replace(tzinfo=LONDON).astimezone(UTC)


def weeks_until(written: str | datetime, now: datetime, days: int) -> int:
    """By how many whole weeks to move a written time so that it lies up to `days` ahead of `now`, the last
    fit.
    """
    gap = now + timedelta(days=days) - moment(written)
    return gap // timedelta(weeks=1)


@dataclass(frozen=True)
class Shifts:
    """By how many whole weeks each part of the story is moved."""

    judged: int
    open: int
    symphony: int
    others: dict[str, int]

    @classmethod
    def around(cls, now: datetime) -> Shifts:
        """One scheme closes within four weeks, judging of another within two; the Symphony is within three
        weeks.
        """
        schemes = {one["key"]: one["timeline"] for one in season()["schemes"]}
        events = {one["key"]: one for one in season()["events"]}
        return cls(
            judged=weeks_until(schemes["ppmh"]["judging_closes"], now, 14),
            open=weeks_until(schemes["cyp"]["closes"], now, 28),
            symphony=weeks_until(events["symphony"]["starts"], now, 21),
            others={
                "huntingdon": weeks_until(events["huntingdon"]["starts"], now, 35),
                "peterborough": weeks_until(events["peterborough"]["starts"], now, 63),
                "forum": weeks_until(events["forum"]["first"], now, 14),
            },
        )


@dataclass(frozen=True)
class Character:
    """A person whom one can be in the demonstration."""

    name: str
    role: str
    can: str
    goes_to: str

    @property
    def email(self) -> str:
        """Their invented address."""
        return address(self.name)


CHARACTERS = (
    Character("Priya Nair", "Entrant", "writes an entry with two colleagues", "/me"),
    Character("Sian Evans", "Organisation lead", "lets colleagues in, has nominated somebody", "/me"),
    Character("Beth Lloyd", "Judge", "has entries to read and score", "/judging"),
    Character("Kit Barnes", "Judge", "reads for two panels from his own experience", "/judging"),
    Character("Maya Collins", "Chair of a panel", "sees how far her panel is", "/judging"),
    Character("Noor Haddad", "Organiser of the awards", "runs them from her desk", "/me"),
    Character("Owen Tudor", "Organiser of the Symphony", "changes the agenda, prints the programme", "/me"),
    Character("Tom Adeyemi", "Attendee", "comes as Sunny; needs no account to register", "/events"),
    Character("Uma Clarke", "Volunteer at the door", "welcomes people by the name on their badge", "/me"),
    Character("Viv Marsh", "Administrator", "looks after this Chorus", "/me"),
)


def character(email: str) -> Character | None:
    """The person of the story with this address, or None."""
    return next((one for one in CHARACTERS if one.email == email), None)
