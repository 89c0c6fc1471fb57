"""Registering people in tests, and reading what was written for them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from backstage.outbox.models import Mail
from base.database import db
from events.agenda.models import Session, Workshop
from events.my_registration.actions import register
from events.registration.models import Registration, WorkshopChoice
from events.registration.rules import Details, Registered
from events.set_up.models import Event
from tests.events.symphony import SLUG, Symphony


def come(symphony: Symphony, name: str, *titles: str, **more: str) -> Registered:
    """Register `name`@example.org for workshops by title."""
    chosen = [symphony.sessions[title] for title in titles]
    return register(SLUG, f"{name}@example.org", Details(name.capitalize()), chosen, **more)


def mails(name: str) -> list[Mail]:
    """The mails to somebody, oldest first."""
    return list(
        db.session.scalars(select(Mail).where(Mail.recipient == f"{name}@example.org").order_by(Mail.id))
    )


def token(name: str) -> str:
    """The personal link's token in the newest mail to somebody."""
    link = str(mails(name)[-1].values["link"])
    return link.rpartition("/")[2]


def states(name: str) -> dict[str, str]:
    """What somebody has: {"": state of the registration, title: state of the workshop}."""
    one = db.session.scalars(
        select(Registration)
        .where(Registration.email == f"{name}@example.org")
        .order_by(Registration.id.desc())
    ).first()
    assert one is not None
    db.session.refresh(one)
    chosen = db.session.execute(
        select(Session.title, WorkshopChoice.state)
        .join(Session, Session.id == WorkshopChoice.session_id)
        .where(WorkshopChoice.registration_id == one.id, WorkshopChoice.state != "cancelled")
    )
    return {"": one.state} | {row[0]: row[1] for row in chosen}


def check_counters(event_id: int) -> None:
    """Fail unless every counter says what the rows say."""
    db.session.flush()
    counted = {
        state: len(
            db.session.scalars(
                select(Registration.id).where(Registration.event_id == event_id, Registration.state == state)
            ).all()
        )
        for state in ("placed", "waiting")
    }
    event = db.session.execute(select(Event.taken, Event.waiting).where(Event.id == event_id)).one()
    assert (event.taken, event.waiting) == (counted["placed"], counted["waiting"])
    for workshop in db.session.execute(select(Workshop.session_id, Workshop.taken, Workshop.waiting)).all():
        rows: Sequence[str] = db.session.scalars(
            select(WorkshopChoice.state).where(WorkshopChoice.session_id == workshop.session_id)
        ).all()
        assert (workshop.taken, workshop.waiting) == (rows.count("placed"), rows.count("waiting"))
