"""The next in line: who gets what somebody gave back, and the mail that tells them.

Callers hold the event's lock.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import insert, select, update

from backstage.history.actions import record
from backstage.outbox.actions import post
from base.database import db
from base.tokens import hash_of, make_token
from events.agenda.rules import VisibleSession
from events.places.actions import move_up, take_places
from events.places.rules import bookable
from events.registration import messages, queries
from events.registration.messages import Chosen, Reader
from events.registration.models import Registration, RegistrationLink, WorkshopChoice
from events.registration.queries import LINK, Offer
from events.registration.rules import LINKS_LAST
from events.set_up.actions import move_up_event_places

_INSERT_LINK = insert(RegistrationLink)


def open_link(registration_id: int, ends_at: datetime) -> str:
    """Make one more personal link for a registration and give its token, which only its mail may hold."""
    token = make_token()
    row = {
        "registration_id": registration_id,
        "token_hash": hash_of(LINK, token),
        "expires_at": ends_at + LINKS_LAST,
    }
    db.session.connection().execute(_INSERT_LINK, row)
    return token


def hand_on(offer: Offer, session_ids: Collection[int], now: datetime) -> None:
    """Give free places of these workshops, then of the event itself, to the next in line.

    Workshops come first: who waits there is at the event already, and was there before those who come now.
    """
    sessions = {one.session_id: one for one in bookable(offer.sessions, now)}
    moved = move_up([number for number in session_ids if number in sessions])
    for session_id, many in sorted(moved.items()):
        _give_workshop_places(offer, sessions[session_id], many)
    for registration in _next_registrations(offer.event.event_id, move_up_event_places(offer.event.event_id)):
        _give_event_place(offer, registration, sessions)


def _give_workshop_places(offer: Offer, session: VisibleSession, many: int) -> None:
    rows = db.session.execute(
        select(WorkshopChoice, Registration)
        .join(Registration, Registration.id == WorkshopChoice.registration_id)
        .where(WorkshopChoice.session_id == session.session_id, WorkshopChoice.state == "waiting")
        .order_by(WorkshopChoice.id)
        .limit(many)
    ).all()
    for choice, registration in rows:
        choice.state = "placed"
        scope, subject = f"event:{offer.event.event_id}", f"registration:{registration.id}"
        record(None, "registration.give_workshop_place", scope, subject, {"state": ("waiting", "placed")})
        post(messages.workshop_place(offer.event, _reader(offer, registration), session))


def _next_registrations(event_id: int, many: int) -> list[Registration]:
    if not many:
        return []
    return list(
        db.session.scalars(
            select(Registration)
            .where(Registration.event_id == event_id, Registration.state == "waiting")
            .order_by(Registration.id)
            .limit(many)
        )
    )


def _give_event_place(offer: Offer, registration: Registration, sessions: dict[int, VisibleSession]) -> None:
    """A place at the event, and with it the workshops that were wished for, or their waiting lists."""
    registration.state = "placed"
    wished = [one.session_id for one in queries.choices_of(registration.id) if one.session_id in sessions]
    places = take_places(wished)
    for session_id, position in places.items():
        db.session.execute(
            update(WorkshopChoice)
            .where(
                WorkshopChoice.registration_id == registration.id,
                WorkshopChoice.session_id == session_id,
                WorkshopChoice.state == "wished",
            )
            .values(state="waiting" if position else "placed")
            .execution_options(synchronize_session=False)
        )
    scope, subject = f"event:{offer.event.event_id}", f"registration:{registration.id}"
    record(None, "registration.give_event_place", scope, subject, {"state": ("waiting", "placed")})
    chosen = [Chosen(sessions[number], places[number]) for number in wished if number in places]
    post(messages.event_place(offer.event, _reader(offer, registration), chosen))


def _reader(offer: Offer, registration: Registration) -> Reader:
    token = open_link(registration.id, offer.event.ends_at)
    return Reader(registration.email, registration.badge_name, registration.reference, token)
