"""What the pages show that stand above awards and events."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from awards.entries.queries import entries_of_writer
from awards.entries.rules import STATES
from awards.judging.queries import reads_of
from awards.schemes import rules as schemes
from awards.schemes.queries import all_schemes, schemes_organised_by
from base.access import Viewer
from base.display import day_and_time
from events.set_up.models import Event
from events.set_up.queries import coming_events, events_helped_by, events_organised_by


@dataclass(frozen=True)
class SchemeCard:
    """A scheme as a card; `closes` only while it is open."""

    name: str
    year: int
    slug: str
    state_words: str
    closes: datetime | None
    invented: bool


@dataclass(frozen=True)
class EventCard:
    """An event to come as a card."""

    name: str
    slug: str
    when: str
    place: str


@dataclass(frozen=True)
class Work:
    """One thing that a person does here: its name, the endpoint where it goes on with what the address needs,
    and how far it is.
    """

    name: str
    endpoint: str
    about: dict[str, str] = field(default_factory=dict)
    state: str = ""


def scheme_cards(now: datetime) -> list[SchemeCard]:
    """Every scheme, the one that closes last first."""
    return [
        SchemeCard(
            scheme.name,
            scheme.year,
            scheme.slug,
            schemes.state_words(scheme.hours, now),
            scheme.closes_at if schemes.is_open(scheme.hours, now) else None,
            scheme.invented,
        )
        for scheme in all_schemes()
    ]


def event_cards(now: datetime) -> list[EventCard]:
    """The events that are not over, the next first."""
    return [
        EventCard(
            event.name,
            event.slug,
            day_and_time(event.starts_at),
            ", ".join(part for part in (event.place, event.town) if part),
        )
        for event in coming_events(now)
    ]


def work_of(person: Viewer) -> dict[str, list[Work]]:
    """What a person writes, judges, runs and helps with, under "entries", "judging", "schemes", "events" and
    "doors".
    """
    me = person.person_id
    return {
        "entries": [
            Work(
                entry.title or f"An entry without a title: {entry.category}",
                "entries.view_entry",
                {"reference": entry.reference},
                STATES[entry.state],
            )
            for entry in entries_of_writer(me)
        ],
        "judging": _judging_of(me),
        "schemes": [
            Work(f"{scheme.name} {scheme.year}", "scheme_desk.view_desk", {"scheme_slug": scheme.slug})
            for scheme in schemes_organised_by(me)
        ],
        "events": [_event(event, "event_desk.view_desk") for event in events_organised_by(me)],
        "doors": [_event(event, "door.list_arrivals") for event in events_helped_by(me)],
    }


def _event(event: Event, endpoint: str) -> Work:
    """An event as something to do on one of its pages."""
    return Work(event.name, endpoint, {"event_slug": event.slug}, day_and_time(event.starts_at))


def _judging_of(person_id: int) -> list[Work]:
    """One line for each scheme that a person judges, with how far they are."""
    done: dict[str, list[bool]] = {}
    for read in reads_of(person_id):
        if read.state != "recused":
            done.setdefault(read.scheme, []).append(read.state == "done")
    return [
        Work(scheme, "judging.list_reads", state=f"{sum(reads)} of {len(reads)} read")
        for scheme, reads in done.items()
    ]
