"""The Symphony as tests need it: four rooms, a day of sessions, one workshop that is full, one surprise."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from base.database import db
from events.agenda.actions import add_session
from events.agenda.rules import Plan
from events.set_up.actions import add_event, add_room
from events.set_up.models import Event
from events.set_up.rules import EventDetails
from outside import clock

SLUG = "symphony"
# What must not be seen anywhere before the hour. Words that occur nowhere else.
SECRET_TITLE, SECRET_SPEAKERS = "The choir of hidden voices", "Zebedee Quill"
SECRET_ABOUT, SECRET_NOTE = "Forty singers from Xanadu wards", "Speaks of yellow bereavement"
SECRET_SUPPORT = "A listener waits by the vestibule"
SECRETS = (SECRET_TITLE, SECRET_SPEAKERS, SECRET_ABOUT, SECRET_NOTE, SECRET_SUPPORT)
DAY = datetime(2026, 9, 17, tzinfo=UTC)
THREE_WEEKS_BEFORE = DAY - timedelta(days=21)


def at(words: str) -> datetime:
    """ "13:15" on the day, in London (summer time)."""
    hour, minute = words.split(":")
    return DAY + timedelta(hours=int(hour) - 1, minutes=int(minute))


@dataclass
class Symphony:
    """Ids by name."""

    event_id: int = 0
    rooms: dict[str, int] = field(default_factory=dict)
    sessions: dict[str, int] = field(default_factory=dict)


def details(**changed: object) -> EventDetails:
    """The Symphony's details, some of them changed."""
    given: dict[str, object] = {
        "name": "Second Staffordshire Symphony of Hidden Voices",
        "starts_at": at("9:00"),
        "ends_at": at("16:30"),
        "capacity": 220,
        "blurb": "A day of stories that are not often told. Come as you are, under any name you like.",
        "place": "Conference hall",
        "town": "Stoke-on-Trent",
        "directions": "From the station take bus 23.\n\nThe door is on the left.",
        "cost": "Free, lunch included",
        "access": "Lift, hearing loop, BSL, quiet room",
        "access_details": "A lift goes to every floor. The main hall has a hearing loop.",
        "support": "Two listeners are in the quiet room all day.",
        "chosen_names": True,
    }
    return EventDetails(**(given | changed))  # type: ignore[arg-type]


def make_event(slug: str = SLUG, **changed: object) -> Event:
    """An event without rooms and sessions; not committed."""
    return add_event(None, details(**changed), slug=slug)


def make_symphony(slug: str = SLUG, workshops: int = 5, **changed: object) -> Symphony:
    """The whole Symphony with that many of its workshops, committed."""
    with clock.freeze(THREE_WEEKS_BEFORE - timedelta(days=30)):
        event = make_event(slug, **changed)
        made = Symphony(event.id)
        for name, capacity, step_free, loop, note in (
            ("Main hall", 220, True, True, ""),
            ("Studio", 40, True, False, ""),
            ("Garden room", 24, False, False, "three steps"),
            ("Quiet room", 8, True, False, "open all day"),
        ):
            made.rooms[name] = add_room(None, slug, name, capacity, step_free, loop, note).id
        for plan in plans(made.rooms, workshops):
            made.sessions[plan.title] = add_session(None, slug, plan).id
        db.session.commit()
    return made


def plans(rooms: dict[str, int], workshops: int = 5) -> list[Plan]:
    """The sessions of the day."""
    main, studio, garden, quiet = (
        rooms[name] for name in ("Main hall", "Studio", "Garden room", "Quiet room")
    )
    offered = [
        Plan(
            "Talking about suicide",
            "workshop",
            studio,
            at("11:00"),
            at("12:00"),
            about="What helped, told by people who have been there.",
            content_note="Talks about suicide",
            support="Two listeners are in the quiet room",
            places=2,
        ),
        Plan("Trans identity at work", "workshop", garden, at("11:00"), at("12:00"), places=20),
        Plan("Telling your own story", "workshop", main, at("11:30"), at("12:15"), places=60),
        Plan("LGBT+ lives in services", "workshop", studio, at("14:00"), at("15:00"), places=30),
        Plan("Carers in conversation", "workshop", garden, at("14:00"), at("15:00"), places=20),
    ]
    return [
        Plan("Arrival and music", "break", main, at("9:00"), at("9:30")),
        Plan("Overture: welcome", "plenary", main, at("9:30"), at("9:50")),
        Plan(
            "Voices on mental health",
            "plenary",
            main,
            at("9:50"),
            at("10:40"),
            about="Five people, ten minutes each. BSL interpreted",
            speakers="Five people who have used services",
        ),
        Plan("Tea", "break", main, at("10:40"), at("11:00")),
        *offered[:workshops],
        Plan("Lunch", "break", main, at("12:15"), at("13:15")),
        Plan(
            SECRET_TITLE,
            "plenary",
            main,
            at("13:15"),
            at("14:00"),
            about=SECRET_ABOUT,
            speakers=SECRET_SPEAKERS,
            content_note=SECRET_NOTE,
            support=SECRET_SUPPORT,
            covering_title="A surprise",
            embargo_until=at("13:00"),
        ),
        Plan("Finale: what we heard", "plenary", main, at("15:10"), at("16:00")),
        Plan(
            "Quiet room",
            "open",
            quiet,
            at("9:00"),
            at("16:00"),
            about="Soft light, no talking needed, a listener next door",
        ),
    ]


def plan_of(symphony: Symphony, known_as: str, /, **changed: Any) -> Plan:
    """The plan of one of the Symphony's sessions, with anything changed."""
    (found,) = (one for one in plans(symphony.rooms) if one.title == known_as)
    return replace(found, **changed)
