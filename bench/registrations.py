"""600 people, 200 places: registering while everybody does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from random import Random

from sqlalchemy import func, select

from base.database import db
from bench import crowd
from bench.report import Runs, Unmeasured, percentile, repeat
from bench.world import World
from events.agenda.actions import add_session
from events.agenda.models import Session, Workshop
from events.agenda.rules import Plan
from events.registration.models import Registration, WorkshopChoice
from events.set_up.actions import add_event, add_room
from events.set_up.models import Event
from events.set_up.rules import EventDetails
from outside import clock

CLIENTS, PEOPLE, WORKSHOPS, PLACES = 32, 600, 10, 20
AT_ONE_TIME = 2
SEED = 20


@dataclass(frozen=True)
class Filled:
    """What the database says afterwards: who has a place, and how many places too many there are."""

    placed: frozenset[str]
    waiting: int
    oversold: int


def measure(world: World, times: int) -> Runs:
    """32 clients register 600 people for 10 workshops of 20 places: GET the form, POST it, GET the answer.

    registrations_per_second: those placed, by the time until the last of them had read that they are; all
    others have to end on the waiting lists. registrations_oversold: places beyond capacity, and counters that
    differ from the rows. registration_p95_ms: the POST. registration_requests: of one person.
    """
    world.begin_again()

    def run(turn: int) -> dict[str, float]:
        world.wait_until_quiet()
        slug = f"measured-{turn + 1}"
        workshops = add_measured_event(world, slug)
        report = crowd.send(
            "register_all",
            {
                "port": world.house.port,
                "event": slug,
                "clients": CLIENTS,
                "people": people(workshops, turn),
                "first_address": turn * PEOPLE,
            },
        )["people"]
        filled = what_is_filled(world, slug)
        if len(report) != PEOPLE or len(filled.placed) + filled.waiting != PEOPLE:
            raise Unmeasured(f"of {PEOPLE} people {len(filled.placed)} were placed and {filled.waiting} wait")
        last = max(one["done_at"] for one in report if one["email"] in filled.placed)
        return {
            "registrations_per_second": len(filled.placed) / last,
            "registrations_oversold": filled.oversold,
            "registration_p95_ms": percentile([one["post_ms"] for one in report], 0.95),
            "registration_requests": max(one["requests"] for one in report),
        }

    return repeat(times, run)


def people(workshops: list[int], turn: int) -> list[tuple[str, str, int]]:
    """(e-mail, badge name, workshop) of everybody; each workshop is wanted by three times its places."""
    wanted = [workshop for workshop in workshops for _ in range(PEOPLE // WORKSHOPS)]
    Random(SEED + turn).shuffle(wanted)
    return [
        (f"person{number}.{turn}@example.org", f"Person {number}", one) for number, one in enumerate(wanted)
    ]


def add_measured_event(world: World, slug: str) -> list[int]:
    """An event with place for everybody and ten workshops, two at a time; gives their session ids."""
    with world.step(silent=True):
        opens = (clock.now() + timedelta(weeks=5)).replace(hour=9, minute=0, second=0, microsecond=0)
        details = EventDetails(
            name="A day of ten workshops",
            starts_at=opens,
            ends_at=opens + timedelta(hours=9),
            capacity=PEOPLE,
        )
        add_event(None, details, slug=slug, invented=True)
        rooms = [add_room(None, slug, f"Room {number + 1}", PLACES).id for number in range(AT_ONE_TIME)]
        return [
            add_session(
                None,
                slug,
                Plan(
                    title=f"Workshop {number + 1}",
                    kind="workshop",
                    room_id=rooms[number % AT_ONE_TIME],
                    starts_at=opens + timedelta(hours=number // AT_ONE_TIME),
                    ends_at=opens + timedelta(hours=number // AT_ONE_TIME + 1),
                    about="Twenty people around one table, with two who know.",
                    places=PLACES,
                ),
            ).id
            for number in range(WORKSHOPS)
        ]


def what_is_filled(world: World, slug: str) -> Filled:
    """Compare the event's and the workshops' counters with their rows and with what there is room for."""
    with world.step():
        event = db.session.scalars(select(Event).where(Event.slug == slug)).one()
        states = select(Registration.state, func.count()).where(Registration.event_id == event.id)
        came: dict[str, int] = dict(db.session.execute(states.group_by(Registration.state)).tuples().all())
        wrong = too_many(event.capacity, event.taken, came.get("placed", 0))
        waiting = 0
        chosen = (
            select(
                Workshop.places,
                Workshop.taken,
                Workshop.waiting,
                func.count(WorkshopChoice.id).filter(WorkshopChoice.state == "placed").label("placed_rows"),
                func.count(WorkshopChoice.id).filter(WorkshopChoice.state == "waiting").label("waiting_rows"),
            )
            .join(Session, Session.id == Workshop.session_id)
            .outerjoin(WorkshopChoice, WorkshopChoice.session_id == Workshop.session_id)
            .where(Session.event_id == event.id)
            .group_by(Workshop.session_id)
        )
        for row in db.session.execute(chosen):
            wrong += too_many(row.places, row.taken, row.placed_rows)
            wrong += abs(row.waiting - row.waiting_rows)
            waiting += row.waiting_rows
        placed = db.session.scalars(
            select(Registration.email)
            .join(WorkshopChoice, WorkshopChoice.registration_id == Registration.id)
            .where(Registration.event_id == event.id, WorkshopChoice.state == "placed")
        )
        return Filled(frozenset(placed), waiting, wrong)


def too_many(places: int, counter: int, rows: int) -> int:
    """Places given beyond what there is, and by how much the counter and the rows differ."""
    return max(0, rows - places) + abs(counter - rows)
