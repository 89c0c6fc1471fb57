"""Who may do what with people and organisations."""

from __future__ import annotations

from accounts.organisations import queries as organisations
from base.access import Predicate, Viewer, anyone_signed_in


def member(person: Viewer, organisation_slug: str, **_: object) -> bool:
    """Who belongs to the organisation."""
    return organisations.membership_state(person.person_id, organisation_slug) in ("member", "lead")


def lead(person: Viewer, organisation_slug: str, **_: object) -> bool:
    """Who leads the organisation."""
    return organisations.membership_state(person.person_id, organisation_slug) == "lead"


def administrator(person: Viewer, **_: object) -> bool:
    """Who looks after this Chorus."""
    return person.administrator


PERMISSIONS: dict[str, Predicate] = {
    "people.change_name": anyone_signed_in,
    "sign_in.sign_out": anyone_signed_in,
    "organisations.choose_organisation": anyone_signed_in,
    "organisations.start_organisation": anyone_signed_in,
    "organisations.join_organisation": anyone_signed_in,
    "organisations.view_organisation": member,
    "organisations.decide_join": lead,
}
