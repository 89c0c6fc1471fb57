"""Registering, and changing or cancelling through the personal link.

Places are counted where they are locked: event, then workshops by id.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.dialects.postgresql import insert as insert_unless_there

from accounts.people.rules import tidy_email
from backstage.history.actions import Changes, record
from backstage.outbox.actions import post
from base.database import db
from base.errors import Refused, refuse_if
from base.states import may_become
from base.tokens import make_reference
from events.needs.actions import delete_needs, note_needs
from events.places.actions import EVENTS, WORKSHOPS, give_back, take_event_place, take_workshop_places
from events.places.rules import Place, Position, Standing
from events.registration import messages, queries, rules
from events.registration.actions import lock_registration, open_link
from events.registration.messages import Addressee, Chosen
from events.registration.models import Registration, WorkshopChoice
from events.registration.queries import Mine, WhatIsOn
from events.registration.rules import CHOICE_MOVES, MOVES, Details, Registered
from events.set_up.rules import EventFacts, reference_prefix
from events.waiting.actions import hand_on
from outside import clock

# Made once and without the ORM, which costs more than the row: others wait for the event's lock meanwhile.
_INSERT_CHOICE = insert(WorkshopChoice)
_INSERT_REGISTRATION = insert_unless_there(Registration).on_conflict_do_nothing().returning(Registration.id)
# Enough letters that six hundred registrations of an event hardly ever meet; the database has the last word.
REFERENCE_LETTERS = 6
TRIES = 5


def register(
    event_slug: str,
    email: str,
    details: Details,
    workshops: Sequence[int] = (),
    access: str = "",
    dietary: str = "",
) -> Registered:
    """Register an address for the event with this slug, for workshops (session ids), with needs as plain
    lines.

    Gives what the page may say, which is the same where the address was registered before: then nothing
    changes and a mail with a fresh link goes to it. Raises Refused or NotHere.
    """
    now, address, chosen = clock.now(), tidy_email(email), sorted(set(workshops))
    on, standing = _take_place(event_slug, chosen, now)
    sessions = [one for one in on.sessions if one.session_id in chosen]
    promised = rules.expected(on.event, sessions)
    written = _write_registration(on.event, address, details, standing, now)
    if written is None:
        give_back(EVENTS, {on.event.event_id: standing.state})
        _send_link_again(on.event, address)
        return promised
    registration_id, reference = written
    standings = take_workshop_places(chosen) if isinstance(standing, Place) else {}
    _write_choices(registration_id, chosen, standings, now)
    noted = note_needs(registration_id, access, dietary)
    changes = {"state": (None, standing.state), "workshops": (None, chosen), "needs": (None, noted)}
    _record(on.event, "my_registration.register", registration_id, changes, ("workshops", "needs"))
    to = Addressee(address, details.badge_name, reference, open_link(registration_id, on.event.ends_at))
    if isinstance(standing, Position):
        post(messages.on_waiting_list(on.event, to, standing, sessions))
        return Registered(standing, promised.workshops)
    mine = [Chosen(one, standings.get(one.session_id, Place())) for one in sessions]
    post(messages.confirmed(on.event, to, mine))
    return Registered(standing, tuple((one.session.title, one.standing) for one in mine))


def _take_place(event_slug: str, chosen: Sequence[int], now: datetime) -> tuple[WhatIsOn, Standing]:
    """Ask the rules, then count this registration at the event; gives what was on, and what it got.

    The counting statement also checks that the agenda is still the one that the rules were asked about, so
    nothing has to be read while others wait for the event's row.
    """
    for _ in range(TRIES):
        on = queries.what_is_on(event_slug, now)
        refuse_if(rules.why_not_register(on.event, now))
        refuse_if(rules.why_not_choose(chosen, rules.bookable(on.sessions, now)))
        standing = take_event_place(on.event.event_id, on.event.version)
        if standing is not None:
            return on, standing
    raise Refused(rules.why_busy())


def _write_registration(
    event: EventFacts, address: str, details: Details, standing: Standing, now: datetime
) -> tuple[int, str] | None:
    """Insert the row: (id, reference), or None where the address is registered already."""
    for _ in range(TRIES):
        reference = make_reference(reference_prefix(event.slug), REFERENCE_LETTERS)
        row = {
            "reference": reference,
            "event_id": event.event_id,
            "email": address,
            "state": standing.state,
            "registered_at": now,
            **vars(details),
        }
        registration_id = db.session.connection().scalar(_INSERT_REGISTRATION, row)
        if registration_id is not None:
            return registration_id, reference
        if queries.is_registered(event.event_id, address):
            return None
    raise Refused(rules.why_busy())


def _write_choices(
    registration_id: int, session_ids: Collection[int], standings: Mapping[int, Standing], now: datetime
) -> None:
    """Insert the choices as what was got in each workshop; as a wish where nothing was asked for yet."""
    if session_ids:
        states = {one: standings[one].state if one in standings else "wished" for one in sorted(session_ids)}
        rows = [
            {"registration_id": registration_id, "session_id": session_id, "state": state, "chosen_at": now}
            for session_id, state in states.items()
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
    to = Addressee(address, row.badge_name, row.reference, open_link(row.id, event.ends_at))
    _record(event, "my_registration.send_link", row.id, {})
    post(messages.already_registered(event, to))


def change_registration(token: str, details: Details, workshops: Sequence[int]) -> None:
    """Change the details and the workshops of a personal link's registration; what is given back goes to the
    next.

    Raises Refused or NotHere.
    """
    now, chosen = clock.now(), sorted(set(workshops))
    on, mine = lock_registration(token)
    refuse_if(rules.why_not_choose(chosen, rules.bookable(on.sessions, now), held=mine.chosen))
    given_back = [one for one in mine.chosen if one not in chosen]
    added = [one for one in chosen if one not in mine.chosen]
    _cancel_choices(mine, given_back)
    standings = take_workshop_places(added) if mine.state == "placed" else {}
    _write_choices(mine.registration_id, added, standings, now)
    db.session.execute(
        update(Registration).where(Registration.id == mine.registration_id).values(**vars(details))
    )
    before = vars(mine.details)
    changes: dict[str, tuple[object, object]] = {
        name: (before[name], value) for name, value in vars(details).items()
    }
    changes["workshops"] = (sorted(mine.chosen), chosen)
    _record(on.event, "my_registration.change_registration", mine.registration_id, changes, tuple(changes))
    hand_on(on.event.slug)
    if given_back or added:
        _say_changed(on, mine, Addressee(mine.email, details.badge_name, mine.reference, token))


def _say_changed(on: WhatIsOn, mine: Mine, to: Addressee) -> None:
    by_id = {one.session_id: one for one in on.sessions}
    choices = [one for one in queries.choices_of(mine.registration_id) if one.session_id in by_id]
    if mine.position:
        wishes = [by_id[one.session_id] for one in choices]
        post(messages.on_waiting_list(on.event, to, mine.position, wishes))
    else:
        chosen = [Chosen(by_id[one.session_id], one.position or Place()) for one in choices]
        post(messages.changed(on.event, to, chosen))


def _cancel_choices(mine: Mine, session_ids: Collection[int]) -> None:
    """Give some of a registration's workshops back."""
    if not session_ids:
        return
    db.session.execute(
        update(WorkshopChoice)
        .where(
            WorkshopChoice.registration_id == mine.registration_id,
            WorkshopChoice.session_id.in_(session_ids),
            WorkshopChoice.state.in_(may_become(CHOICE_MOVES, "cancelled")),
        )
        .values(state="cancelled")
        .execution_options(synchronize_session=False)
    )
    give_back(WORKSHOPS, {one.session_id: one.state for one in mine.choices if one.session_id in session_ids})


def cancel_registration(token: str) -> None:
    """Cancel a personal link's registration: its places go to the next in line, its needs are deleted.

    Raises Refused or NotHere.
    """
    on, mine = lock_registration(token)
    _cancel_choices(mine, mine.chosen)
    give_back(EVENTS, {on.event.event_id: mine.state})
    db.session.execute(
        update(Registration)
        .where(
            Registration.id == mine.registration_id,
            Registration.state.in_(may_become(MOVES, "cancelled")),
        )
        .values(state="cancelled", cancelled_at=clock.now(), checked_in_at=None)
        .execution_options(synchronize_session=False)
    )
    delete_needs(mine.registration_id)
    changes = {"state": (mine.state, "cancelled")}
    _record(on.event, "my_registration.cancel_registration", mine.registration_id, changes)
    post(messages.cancelled(on.event, Addressee(mine.email, mine.details.badge_name, mine.reference)))
    hand_on(on.event.slug)


def _record(
    event: EventFacts, what: str, registration_id: int, changes: Changes, sensitive: tuple[str, ...] = ()
) -> None:
    record(None, what, f"event:{event.event_id}", f"registration:{registration_id}", changes, sensitive)
