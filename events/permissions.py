"""Who may do what with events. A predicate gets the person and the page's address parts."""

from __future__ import annotations

from base.access import Predicate, Viewer
from events.gatherings import queries as gatherings


def organiser(person: Viewer, event: str, **_: object) -> bool:
    """Who runs the event with this slug."""
    return gatherings.is_organiser(person.person_id, event)


def volunteer(person: Viewer, event: str, **_: object) -> bool:
    """Who helps at the door of the event, or runs it."""
    return gatherings.is_volunteer(person.person_id, event) or organiser(person, event)


PERMISSIONS: dict[str, Predicate] = {}
