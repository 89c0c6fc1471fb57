"""What an event's page says of the moment: what is on now, what is next, how far off the event is. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from base.display import ago_or_in, capital, plural
from events.agenda.rules import VisibleSession
from events.places.rules import places_at
from events.programme.rules import london_date
from events.set_up.rules import EventFacts

NEXT_FROM = timedelta(hours=2)


def states(sessions: Sequence[VisibleSession], now: datetime) -> dict[int, str]:
    """Which sessions are on now and which come next, by id; what is open all day is neither.

    Nothing is next until two hours before the first session of a day.
    """
    timed = [session for session in sessions if session.kind != "open"]
    found = {session.session_id: "now" for session in timed if session.starts_at <= now < session.ends_at}
    today = [session for session in timed if london_date(session.starts_at) == london_date(now)]
    later = [session.starts_at for session in today if session.starts_at > now]
    if later and now >= min(session.starts_at for session in today) - NEXT_FROM:
        found |= {session.session_id: "next" for session in today if session.starts_at == min(later)}
    return found


def state_words(event: EventFacts, now: datetime) -> str:
    """What stands above an event's name: "In 3 weeks: 61 places left"."""
    if now >= event.ends_at:
        return "This event is over"
    when = "On now" if now >= event.starts_at else capital(ago_or_in(event.starts_at, now))
    if not event.registration_open:
        return f"{when}: registration is closed"
    places = places_at(event)
    if places.left:
        return f"{when}: {plural(places.left, 'place')} left"
    waiting = f", {plural(places.waiting, 'person', 'people')} waiting" if places.waiting else ""
    return f"{when}: full{waiting}"
