"""The next in line: who gets the places that were given back or added, and the mail that tells them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import update

from backstage.history.actions import record
from backstage.outbox.actions import post
from base.database import db
from base.states import may_become, move
from events.agenda.rules import VisibleSession
from events.places.actions import EVENTS, WORKSHOPS, move_up, take_workshop_places
from events.registration.actions import open_link
from events.registration.messages import Addressee, Chosen
from events.registration.models import Registration, WorkshopChoice
from events.registration.queries import WhatIsOn, choices_of, what_is_on
from events.registration.rules import CHOICE_MOVES, bookable
from events.waiting import messages, queries
from outside import clock


def hand_on(event_slug: str) -> None:
    """Give free places to the next in line, unless the event is over; its row is locked.

    Workshops come first: who waits there is at the event already, and was there before those who come now.
    """
    now = clock.now()
    on = what_is_on(event_slug, now)
    if now >= on.event.ends_at:
        return
    sessions = {one.session_id: one for one in bookable(on.sessions, now)}
    for session_id, many in move_up(WORKSHOPS, sessions).items():
        for choice, registration in queries.next_for_workshop(session_id, many):
            _give_workshop_place(on, choice, registration, sessions[session_id])
    event_id = on.event.event_id
    for many in move_up(EVENTS, [event_id]).values():
        for registration in queries.next_for_event(event_id, many):
            _give_event_place(on, registration, sessions)


def _give_workshop_place(
    on: WhatIsOn, choice: WorkshopChoice, registration: Registration, session: VisibleSession
) -> None:
    move(choice, "placed")
    _record(registration, "waiting.give_workshop_place")
    post(messages.workshop_place(on.event, _addressee(registration, on.event.ends_at), session))


def _give_event_place(
    on: WhatIsOn, registration: Registration, sessions: Mapping[int, VisibleSession]
) -> None:
    """A place at the event, and with it the workshops that were wished for, or positions on their lists."""
    move(registration, "placed")
    wished = [one.session_id for one in choices_of(registration.id) if one.session_id in sessions]
    standings = take_workshop_places(wished)
    for session_id, standing in standings.items():
        db.session.execute(
            update(WorkshopChoice)
            .where(
                WorkshopChoice.registration_id == registration.id,
                WorkshopChoice.session_id == session_id,
                WorkshopChoice.state.in_(may_become(CHOICE_MOVES, standing.state)),
            )
            .values(state=standing.state)
            .execution_options(synchronize_session=False)
        )
    _record(registration, "waiting.give_event_place")
    chosen = [Chosen(sessions[one], standings[one]) for one in wished if one in standings]
    post(messages.event_place(on.event, _addressee(registration, on.event.ends_at), chosen))


def _record(registration: Registration, what: str) -> None:
    scope, subject = f"event:{registration.event_id}", f"registration:{registration.id}"
    record(None, what, scope, subject, {"state": ("waiting", "placed")})


def _addressee(registration: Registration, ends_at: datetime) -> Addressee:
    """Whom the mail goes to, with a fresh link."""
    token = open_link(registration.id, ends_at)
    return Addressee(registration.email, registration.badge_name, registration.reference, token)
