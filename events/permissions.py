"""Who may do what with events. A predicate gets the person and the page's address parts."""

from __future__ import annotations

from base.access import Predicate, Viewer
from events.set_up import queries as set_up


def organiser(person: Viewer, event_slug: str, **_: object) -> bool:
    """Who runs the event with this slug."""
    return set_up.is_organiser(person.person_id, event_slug)


def volunteer(person: Viewer, event_slug: str, **_: object) -> bool:
    """Who helps at the door of the event, or runs it."""
    return set_up.is_volunteer(person.person_id, event_slug) or organiser(person, event_slug)


PERMISSIONS: dict[str, Predicate] = {
    "set_up.change_event": organiser,
    "set_up.list_rooms": organiser,
    "set_up.add_room": organiser,
    "set_up.change_room": organiser,
    "agenda.list_sessions": organiser,
    "agenda.add_session": organiser,
    "agenda.change_session": organiser,
    "agenda.remove_session": organiser,
    "agenda.remove_room": organiser,
    "registration.list_registrations": organiser,
    "registration.export_registrations": organiser,
    "needs.list_needs": organiser,
    "door.list_arrivals": volunteer,
    "door.check_in": volunteer,
    "door.undo_check_in": volunteer,
    "programme.make_programme": organiser,
    "programme.watch_programme": organiser,
    "event_desk.view_desk": organiser,
}
