"""What others do with a registration: open a link to it, lock it by its link, forget it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, insert, select

from backstage.history.actions import record
from base.database import db
from base.errors import refuse_if
from base.pages import Asked
from base.tokens import hash_of, make_token
from events.registration import queries, rules
from events.registration.models import Registration, RegistrationLink
from events.registration.queries import LINK, Listed, Mine, WhatIsOn
from events.set_up.models import Event
from events.set_up.queries import event_facts, lock_event
from outside import clock

_INSERT_LINK = insert(RegistrationLink)


def open_link(registration_id: int, ends_at: datetime) -> str:
    """Make one more personal link for a registration and give its token, which only its mail may hold.

    `ends_at` is the end of the event.
    """
    token = make_token()
    row = {
        "registration_id": registration_id,
        "token_hash": hash_of(LINK, token),
        "expires_at": ends_at + rules.LINKS_LAST,
    }
    db.session.connection().execute(_INSERT_LINK, row)
    return token


def lock_registration(token: str) -> tuple[WhatIsOn, Mine]:
    """Lock the event of a personal link's registration; gives what is on there, and the registration.

    Raises NotHere, or Refused where nothing can be changed any more.
    """
    now = clock.now()
    slug = queries.event_of_link(token, now)
    lock_event(slug)
    on, mine = queries.what_is_on(slug, now), queries.registration_of_link(token, now)
    refuse_if(rules.why_not_change(mine.state, on.event.ends_at, now))
    return on, mine


def export_registrations(who: int, event_slug: str, asked: Asked) -> Sequence[Listed]:
    """Everything that a search and its filters leave of an event's registrations; it is noted who took it.

    Raises NotHere.
    """
    event_id = event_facts(event_slug).event_id
    page = queries.registrations_of(event_id, asked.everything)
    scope = f"event:{event_id}"
    record(who, "registration.export_registrations", scope, scope, {"rows": (None, page.total)})
    return page.rows


def forget_registrations(now: datetime) -> int:
    """Delete the registrations of events that ended over 90 days ago; gives how many. For the schedule."""
    over = select(Event.id).where(Event.ends_at < now - rules.REGISTRATIONS_KEPT)
    done = db.session.execute(
        delete(Registration)
        .where(Registration.event_id.in_(over))
        .execution_options(synchronize_session=False)
    )
    return done.rowcount  # type: ignore[attr-defined]
