"""What the pages show that stand above awards and events."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from awards.entries.queries import entries_of_writer
from awards.entries.rules import STATES
from awards.judging.queries import reads_of
from awards.schemes import rules as schemes
from awards.schemes.queries import all_schemes, schemes_organised_by
from base.access import Viewer
from base.display import day_and_time
from events.set_up.queries import coming_events, events_helped_by, events_organised_by


def scheme_cards(now: datetime) -> list[dict[str, object]]:
    """The schemes as cards: {"name", "year", "url", "state_words", "closes", "invented"};
    `closes` only while they are open.
    """
    return [
        {
            "name": scheme.name,
            "year": scheme.year,
            "url": url_for("schemes.view_scheme", scheme_slug=scheme.slug),
            "state_words": schemes.state_words(scheme.hours, now),
            "closes": scheme.closes_at if schemes.is_open(scheme.hours, now) else None,
            "invented": scheme.invented,
        }
        for scheme in all_schemes()
    ]


def event_cards(now: datetime) -> list[dict[str, object]]:
    """The events to come as cards: {"name", "url", "when", "place", "starts"}."""
    return [
        {
            "name": event.name,
            "url": url_for("public_page.view_event", event_slug=event.slug),
            "when": day_and_time(event.starts_at),
            "starts": event.starts_at,
            "place": ", ".join(part for part in (event.place, event.town) if part),
        }
        for event in coming_events(now)
    ]


@dataclass(frozen=True)
class Work:
    """One thing that a person does here, with where to go on."""

    kind: str
    name: str
    url: str
    state: str = ""


def _judging_of(person_id: int) -> list[Work]:
    """One line for each scheme that a person judges, with how far they are."""
    done: dict[str, list[bool]] = {}
    for read in reads_of(person_id):
        if read.state != "recused":
            done.setdefault(read.scheme, []).append(read.state == "done")
    return [
        Work("judging", scheme, url_for("judging.list_reads"), f"{sum(reads)} of {len(reads)} read")
        for scheme, reads in done.items()
    ]


def work_of(person: Viewer, now: datetime) -> dict[str, list[Work]]:
    """What a person writes, judges, runs and helps with: {"entries", "judging", "schemes", "events",
    "doors"}.
    """
    me = person.person_id
    return {
        "entries": [
            Work(
                "entry",
                entry.title or f"An entry without a title: {entry.category}",
                url_for("entries.view_entry", reference=entry.reference),
                STATES[entry.state],
            )
            for entry in entries_of_writer(me)
        ],
        "judging": _judging_of(me),
        "schemes": [
            Work(
                "scheme",
                f"{scheme.name} {scheme.year}",
                url_for("scheme_desk.view_desk", scheme_slug=scheme.slug),
            )
            for scheme in schemes_organised_by(me)
        ],
        "events": [
            Work(
                "event",
                event.name,
                url_for("event_desk.view_desk", event_slug=event.slug),
                day_and_time(event.starts_at),
            )
            for event in events_organised_by(me)
        ],
        "doors": [
            Work(
                "door",
                event.name,
                url_for("door.list_arrivals", event_slug=event.slug),
                day_and_time(event.starts_at),
            )
            for event in events_helped_by(me)
        ],
    }
