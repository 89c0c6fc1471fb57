"""What one loading of the demonstration knows so far."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from accounts.organisations.models import Organisation
from accounts.people.actions import meet_person
from demo.story import Shifts
from outside import clock
from website.demo.rules import address

SEED = 1841


@dataclass
class Loading:
    """The moment of loading, the shifts of the story's dates, organisations by key, fixed chance."""

    now: datetime
    shifts: Shifts
    random: Random = field(default_factory=lambda: Random(SEED))  # noqa: S311 - the same story every time
    organisations: dict[str, Organisation] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)

    def person(self, name: str) -> int:
        """The id of a person of the story, met when they are new."""
        if name not in self.people:
            self.people[name] = meet_person(address(name), name).id
        return self.people[name]


@contextmanager
def on(when: datetime) -> Iterator[None]:
    """Do something as if it were `when`: the story's past happened at its own hours."""
    with clock.freeze(when):
        yield
