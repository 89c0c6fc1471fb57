"""Registering, changing and cancelling.

Places are counted where they are locked: event, then workshops by id.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.dialects.postgresql import insert as insert_unless_there

from accounts.people.rules import tidy_email
from backstage.history.actions import record
from backstage.outbox.actions import post
from base.database import db
from base.errors import Refused
from base.pages import Asked
from base.tokens import make_reference
from events.agenda.rules import VisibleSession
from events.places.actions import give_places_back, take_places
from events.places.rules import bookable, why_not_choose
from events.registration import lists, messages, queries, rules
from events.registration.line import hand_on, open_link
from events.registration.lists import Listed
from events.registration.messages import Chosen, Reader
from events.registration.models import Needs, Registration, WorkshopChoice
from events.registration.queries import Mine, Offer
from events.registration.rules import Outcome
from events.set_up.actions import give_event_place_back, take_event_place
from events.set_up.queries import event_facts, lock_event
from events.set_up.rules import EventFacts, reference_prefix
from outside import clock

# Without the ORM, which costs more than the row: this runs while others wait for the event's lock.
_INSERT_CHOICE = insert(WorkshopChoice)
# Enough letters that six hundred registrations of an event hardly ever meet; the database has the last word.
REFERENCE_LETTERS = 6
TRIES = 5
BUSY = "The agenda is being changed at this moment. Wait a minute, then send this again"


def register(
    event: str,
    email: str,
    badge_name: str = "",
    workshops: Sequence[int] = (),
    access: str = "",
    dietary: str = "",
) -> Outcome:
    """Register an address for the event with this slug, for workshops (session ids), with needs as plain
    lines.

    Gives what the page may say, which is the same where the address was registered before: then nothing
    changes and a mail with a fresh link goes to it. Raises Refused (field "workshops" or none) or NotHere.
    """
    now, address, chosen = clock.now(), tidy_email(email), sorted(set(workshops))
    offer, position = _take_place(event, chosen, now)
    sessions = _chosen_sessions(offer, chosen)
    promised = rules.expected(offer.event, sessions)
    state = "waiting" if position else "placed"
    written = _write_registration(offer.event, address, badge_name, state, now)
    if written is None:
        give_event_place_back(offer.event.event_id, was_waiting=bool(position))
        _send_link_again(offer.event, address)
        return promised
    registration_id, reference = written
    places = take_places(chosen) if state == "placed" else {}
    _write_choices(registration_id, {one: _choice_state(places.get(one)) for one in chosen}, now)
    if access or dietary:
        db.session.add(Needs(registration_id=registration_id, access=access, dietary=dietary))
    scope, subject = f"event:{offer.event.event_id}", f"registration:{registration_id}"
    changes = {"state": (None, state), "workshops": (None, chosen), "needs": (None, bool(access or dietary))}
    record(None, "registration.register", scope, subject, changes, sensitive=("workshops", "needs"))
    reader = Reader(address, badge_name, reference, open_link(registration_id, offer.event.ends_at))
    mine = [Chosen(one, places.get(one.session_id, 0)) for one in sessions]
    if position:
        post(messages.on_waiting_list(offer.event, reader, position, sessions))
        return Outcome(position, promised.workshops)
    post(messages.confirmed(offer.event, reader, mine))
    return Outcome(position, tuple((one.session.title, one.position) for one in mine))


def _take_place(event: str, chosen: Sequence[int], now: datetime) -> tuple[Offer, int]:
    """Ask the rules, then count this registration at the event.

    What was offered, and the position (0 is a place).

    The counting statement also checks that the agenda is still the one that the rules were asked about, so
    nothing has to be read while others wait for the event's row.
    """
    for _ in range(TRIES):
        offer = queries.offer(event, now)
        why = rules.why_not_register(offer.event, now)
        if why:
            raise Refused(why)
        why = why_not_choose(chosen, bookable(offer.sessions, now))
        if why:
            raise Refused(why, "workshops")
        position = take_event_place(offer.event.event_id, offer.event.version)
        if position is not None:
            return offer, position
    raise Refused(BUSY)


def _chosen_sessions(offer: Offer, chosen: Sequence[int]) -> list[VisibleSession]:
    return [one for one in offer.sessions if one.session_id in chosen]


def _choice_state(position: int | None) -> str:
    """What a choice is: None where the event itself has no place for them yet."""
    if position is None:
        return "wished"
    return "waiting" if position else "placed"


def _write_registration(
    event: EventFacts, address: str, badge_name: str, state: str, now: datetime
) -> tuple[int, str] | None:
    """Insert the row: (id, reference), or None where the address is registered already."""
    for _ in range(TRIES):
        reference = make_reference(reference_prefix(event.slug), REFERENCE_LETTERS)
        number = db.session.scalar(
            insert_unless_there(Registration)
            .values(
                reference=reference,
                event_id=event.event_id,
                email=address,
                badge_name=badge_name,
                state=state,
                registered_at=now,
            )
            .on_conflict_do_nothing()
            .returning(Registration.id)
        )
        if number is not None:
            return number, reference
        if queries.is_registered(event.event_id, address):
            return None
    raise Refused(BUSY)


def _write_choices(registration_id: int, states: Mapping[int, str], now: datetime) -> None:
    if states:
        rows = [
            {"registration_id": registration_id, "session_id": number, "state": state, "chosen_at": now}
            for number, state in sorted(states.items())
        ]
        db.session.connection().execute(_INSERT_CHOICE, rows)


def _send_link_again(event: EventFacts, address: str) -> None:
    """Mail a fresh personal link to an address that is registered."""
    row = db.session.execute(
        select(Registration.id, Registration.badge_name, Registration.reference).where(
            Registration.event_id == event.event_id,
            Registration.email == address,
            Registration.state != "cancelled",
        )
    ).one()
    reader = Reader(address, row.badge_name, row.reference, open_link(row.id, event.ends_at))
    record(None, "registration.send_link", f"event:{event.event_id}", f"registration:{row.id}")
    post(messages.already_registered(event, reader))


def _locked(token: str, now: datetime) -> tuple[Offer, Mine]:
    """The registration of a personal link with its event locked.

    Raises NotHere, or Refused where it is too late.
    """
    slug = queries.event_of_link(token, now)
    lock_event(slug)
    offer, mine = queries.offer(slug, now), queries.registration_of_link(token, now)
    why = rules.why_not_change(mine.state, offer.event.ends_at, now)
    if why:
        raise Refused(why)
    return offer, mine


def change_registration(token: str, badge_name: str, workshops: Sequence[int]) -> None:
    """Change the name and the workshops of a personal link's registration.

    What is given back goes to the next.

    Raises Refused (field "workshops" or none) or NotHere.
    """
    now, chosen = clock.now(), sorted(set(workshops))
    offer, mine = _locked(token, now)
    why = why_not_choose(chosen, bookable(offer.sessions, now), held=mine.chosen)
    if why:
        raise Refused(why, "workshops")
    given_back = [one for one in mine.choices if one.session_id not in chosen]
    added = [number for number in chosen if number not in mine.chosen]
    _cancel_choices(mine, [one.session_id for one in given_back])
    places = take_places(added) if mine.state == "placed" else {}
    _write_choices(mine.registration_id, {one: _choice_state(places.get(one)) for one in added}, now)
    db.session.execute(
        update(Registration).where(Registration.id == mine.registration_id).values(badge_name=badge_name)
    )
    changes = {"badge_name": (mine.badge_name, badge_name), "workshops": (sorted(mine.chosen), chosen)}
    scope, subject = f"event:{offer.event.event_id}", f"registration:{mine.registration_id}"
    record(
        None,
        "registration.change_registration",
        scope,
        subject,
        changes,
        sensitive=("badge_name", "workshops"),
    )
    hand_on(offer, [one.session_id for one in given_back], now)
    if given_back or added:
        _say_changed(offer, mine, badge_name, token)


def _say_changed(offer: Offer, mine: Mine, badge_name: str, token: str) -> None:
    reader = Reader(mine.email, badge_name, mine.reference, token)
    by_id = {one.session_id: one for one in offer.sessions}
    chosen = [
        Chosen(by_id[one.session_id], one.position)
        for one in queries.choices_of(mine.registration_id)
        if one.session_id in by_id
    ]
    if mine.state == "placed":
        post(messages.changed(offer.event, reader, chosen))
    else:
        wishes = [one.session for one in chosen]
        post(messages.on_waiting_list(offer.event, reader, mine.position, wishes))


def _cancel_choices(mine: Mine, session_ids: Sequence[int]) -> None:
    """Give some of a registration's workshops back."""
    if not session_ids:
        return
    states = {one.session_id: one.state for one in mine.choices}
    db.session.execute(
        update(WorkshopChoice)
        .where(
            WorkshopChoice.registration_id == mine.registration_id,
            WorkshopChoice.session_id.in_(session_ids),
            WorkshopChoice.state != "cancelled",
        )
        .values(state="cancelled")
        .execution_options(synchronize_session=False)
    )
    give_places_back(
        placed=[number for number in session_ids if states[number] == "placed"],
        waiting=[number for number in session_ids if states[number] == "waiting"],
    )


def change_needs(token: str, access: str, dietary: str) -> None:
    """Replace what is noted about somebody's needs; two empty lines delete it. Raises Refused or NotHere."""
    now = clock.now()
    offer, mine = _locked(token, now)
    db.session.execute(delete(Needs).where(Needs.registration_id == mine.registration_id))
    if access or dietary:
        db.session.add(Needs(registration_id=mine.registration_id, access=access, dietary=dietary))
    scope, subject = f"event:{offer.event.event_id}", f"registration:{mine.registration_id}"
    changes = {"needs": (mine.needs_noted, f"{access}{dietary}")}
    record(None, "registration.change_needs", scope, subject, changes, sensitive=("needs",))


def cancel_registration(token: str) -> None:
    """Cancel a personal link's registration: its places go to the next in line, its needs are deleted.

    Raises Refused or NotHere.
    """
    now = clock.now()
    offer, mine = _locked(token, now)
    given_back = [one.session_id for one in mine.choices]
    _cancel_choices(mine, given_back)
    give_event_place_back(offer.event.event_id, was_waiting=mine.state == "waiting")
    db.session.execute(
        update(Registration)
        .where(Registration.id == mine.registration_id)
        .values(state="cancelled", cancelled_at=now, checked_in_at=None)
        .execution_options(synchronize_session=False)
    )
    db.session.execute(delete(Needs).where(Needs.registration_id == mine.registration_id))
    scope, subject = f"event:{offer.event.event_id}", f"registration:{mine.registration_id}"
    record(None, "registration.cancel_registration", scope, subject, {"state": (mine.state, "cancelled")})
    post(messages.cancelled(offer.event, Reader(mine.email, mine.badge_name, mine.reference)))
    hand_on(offer, given_back, now)


def give_free_places(event_slug: str) -> None:
    """Give places that an organiser added to those who wait, unless the event is over.

    The event is locked.
    """
    now = clock.now()
    offer = queries.offer(event_slug, now)
    if now < offer.event.ends_at:
        hand_on(offer, [one.session_id for one in bookable(offer.sessions, now)], now)


def export_registrations(who: int, event_slug: str, asked: Asked) -> Sequence[Listed]:
    """Everything that a search and its filters leave of an event's registrations; it is noted who took it.

    Raises NotHere.
    """
    event_id = event_facts(event_slug).event_id
    page = lists.registrations_of(event_id, asked.everything)
    scope = f"event:{event_id}"
    record(who, "registration.export_registrations", scope, scope, {"rows": (None, page.total)})
    return page.rows
