"""The demonstration's story as demo/season.yaml tells it, and when its things happen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from base.settings import ROOT

LONDON = ZoneInfo("Europe/London")


@lru_cache(maxsize=1)
def season() -> dict[str, Any]:
    """The whole season as it is written."""
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "demo" / "season.yaml").read_text())
    return loaded


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
