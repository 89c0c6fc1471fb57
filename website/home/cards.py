"""What the pages show that stand above awards and events."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from awards.schemes.queries import all_schemes, schemes_organised_by

try:  # BUILD-UP
    from awards.entries.queries import entries_of_writer
    from awards.judging.queries import judging_of_person
    from awards.schemes.rules import phase_words
except ImportError:  # BUILD-UP
    entries_of_writer = judging_of_person = lambda *_: []
    phase_words = lambda *_: ""
from base.access import Viewer
from base.display import day_and_time
from events.gatherings.queries import coming_events, events_helped_by, events_organised_by


def scheme_cards(now: datetime) -> list[dict[str, object]]:
    """The schemes as cards: {"name", "year", "url", "state_words", "closes", "invented"}."""
    return [
        {
            "name": scheme.name,
            "year": scheme.year,
            "url": url_for("schemes.view_scheme", scheme=scheme.slug),
            "state_words": phase_words(scheme, now),
            "closes": scheme.closes_at,
            "invented": scheme.invented,
        }
        for scheme in all_schemes()
    ]


def event_cards(now: datetime) -> list[dict[str, object]]:
    """The events to come as cards: {"name", "url", "when", "place", "starts"}."""
    return [
        {
            "name": event.name,
            "url": url_for("programme.view_event", event=event.slug),
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


def work_of(person: Viewer, now: datetime) -> dict[str, list[Work]]:
    """What a person writes, judges, runs and helps with: {"entries", "judging", "schemes", "events",
    "doors"}.
    """
    me = person.person_id
    return {
        "entries": [
            Work(
                "entry",
                entry.title or "Entry without a title",
                url_for("entries.view_entry", reference=entry.reference),
                entry.state,
            )
            for entry in entries_of_writer(me)
        ],
        "judging": [
            Work("judging", panel.scheme_name, url_for("judging.list_reads"), panel.words)
            for panel in judging_of_person(me, now)
        ],
        "schemes": [
            Work("scheme", f"{scheme.name} {scheme.year}", url_for("showcase.view_desk", scheme=scheme.slug))
            for scheme in schemes_organised_by(me)
        ],
        "events": [
            Work(
                "event",
                event.name,
                url_for("programme.view_desk", event=event.slug),
                day_and_time(event.starts_at),
            )
            for event in events_organised_by(me)
        ],
        "doors": [
            Work(
                "door",
                event.name,
                url_for("door.list_arrivals", event=event.slug),
                day_and_time(event.starts_at),
            )
            for event in events_helped_by(me)
        ],
    }
