"""Data of any size, all of it invented: awards, an event, history and mails, made by SQL in seconds.

Chorus' own actions would take an hour for it; the statements are those of grown.sql. Numbers follow from
numbers, nothing from chance: entry 1 is in the first category, read by the first judges, written by the first
writer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import DateTime, Integer, Text, bindparam, text
from sqlalchemy.types import TypeEngine

from accounts.people.actions import meet_person
from awards.schemes.queries import scheme_by_slug
from base.database import db
from base.tokens import hash_of
from bench.judging import CATEGORIES, READS_EACH, add_scheme
from bench.world import World
from events.set_up.actions import add_event, add_organiser, add_room
from events.set_up.rules import EventDetails
from outside import clock
from website.demo.rules import address

SQL = Path(__file__).with_suffix(".sql")
# Said to psycopg: a small number would go as a small integer, which some functions do not take.
_TYPES: dict[type, TypeEngine[Any]] = {int: Integer(), str: Text(), datetime: DateTime(timezone=True)}
SLUG = "grown"
ROOMS, SLOTS_A_DAY, PLACES = 10, 5, 100
# The personal link of the first registration; its hash is what the table holds.
LINK = "the-link-of-the-first-registration"


@dataclass(frozen=True)
class Size:
    """How much of everything there is. Drafts come on top of `entries`, one for every twenty."""

    entries: int = 0
    judges_a_panel: int = 0
    registrations: int = 0
    sessions: int = 0
    lines: int = 0

    def times(self, many: int) -> Size:
        """So many times as much; what one judge reads and who comes to one workshop stays the same."""
        return Size(*(many * amount for amount in vars(self).values()))


BASE = Size(entries=2_000, judges_a_panel=10, registrations=2_000, sessions=50, lines=10_000)
TENFOLD = BASE.times(10)


class Grown:
    """The awards and the event that grow, in the database of a running Chorus."""

    def __init__(self, world: World) -> None:
        self.world, self.size = world, Size()
        with world.step(silent=True):
            noor = meet_person(address("Noor Haddad")).id
            add_scheme(noor, SLUG)
            scheme = scheme_by_slug(SLUG)
            self.opens = _add_event(noor)
            self.constant: dict[str, Any] = {
                "slug": SLUG,
                "scheme": scheme.id,
                "questions": scheme.question_set_id,
                "noor": noor,
                "opens": self.opens,
                "at": scheme.closes_at - timedelta(days=1),
                "judged_at": scheme.closes_at + timedelta(days=1),
                "reads": READS_EACH,
                "categories": CATEGORIES,
                "base_entries": BASE.entries // CATEGORIES,
                "base_judges": BASE.judges_a_panel,
                "rooms": ROOMS,
                "slots": SLOTS_A_DAY,
                "places": PLACES,
                "link": hash_of("registration-link", LINK),
            }

    def grow(self, to: Size) -> None:
        """Add what is lacking of everything, in one transaction, and let PostgreSQL look at it."""
        before, self.size = self.size, to
        amounts = {
            "entry": (before.entries, to.entries),
            "draft": (before.entries // 20, to.entries // 20),
            "judge": (before.judges_a_panel, to.judges_a_panel),
            "registration": (before.registrations, to.registrations),
            "session": (before.sessions, to.sessions),
            "line": (before.lines, to.lines),
        }
        with self.world.step():
            values = self.constant | {"now": clock.now()}
            for kind, statement in statements():
                first, last = amounts[kind]
                given = values | {"first": first + 1, "last": last}
                typed = [bindparam(name, type_=_TYPES[type(given[name])]) for name in _wanted(statement)]
                db.session.execute(text(statement).bindparams(*typed), given)
        with self.world.app.app_context(), db.engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("vacuum analyze"))


def _add_event(noor: int) -> datetime:
    """An event of ten days in ten rooms that everybody finds a place at; gives the moment it begins."""
    opens = (clock.now() + timedelta(weeks=5)).replace(hour=9, minute=0, second=0, microsecond=0)
    details = EventDetails(
        name="Ten days of workshops (invented)",
        starts_at=opens,
        ends_at=opens + timedelta(days=9, hours=9),
        capacity=TENFOLD.registrations * 2,
    )
    add_event(noor, details, slug=SLUG, invented=True)
    add_organiser(noor, SLUG, noor)
    for number in range(ROOMS):
        add_room(noor, SLUG, f"Room {number + 1}", PLACES)
    return opens


def _wanted(statement: str) -> set[str]:
    """The parameters of a statement."""
    return set(text(statement)._bindparams)


def statements() -> list[tuple[str, str]]:
    """(what it is for each of, the statement) of grown.sql, in its order."""
    parts = re.split(r"^-- for each (\w+)$", SQL.read_text(), flags=re.MULTILINE)[1:]
    return list(zip(parts[::2], parts[1::2], strict=True))
