"""Who may do what with awards. A predicate gets the person and the page's address parts."""

from __future__ import annotations

from awards.schemes import queries as schemes
from base.access import Predicate, Viewer


def organiser(person: Viewer, scheme: str, **_: object) -> bool:
    """Who runs the scheme with this slug."""
    return schemes.is_organiser(person.person_id, scheme)


PERMISSIONS: dict[str, Predicate] = {}
