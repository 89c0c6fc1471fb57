"""Organisations and people of the demonstration."""

from __future__ import annotations

from datetime import timedelta

from accounts.organisations.actions import add_member, add_organisation
from accounts.people.actions import make_administrator
from demo import names
from demo.loading import Loading, on
from demo.story import season
from website.demo.rules import address

INVENTED_ORGANISATIONS = 60


def add_people(loading: Loading) -> None:
    """Add every organisation and person of the season, and invented organisations around them."""
    with on(loading.now - timedelta(weeks=70)):
        for one in season()["organisations"]:
            loading.organisations[one["key"]] = add_organisation(
                one["name"], one["kind"], one["region"], one["aliases"], one["domains"]
            )
        for number in range(INVENTED_ORGANISATIONS):
            name, kind = names.organisation(number)
            loading.organisations[f"invented-{number}"] = add_organisation(name, kind, "Midlands")
        for one in season()["people"]:
            loading.person(one["name"])
            for colleague in one.get("writes_with", []):
                loading.person(colleague)
        for one in season()["people"]:
            _let_into_organisation(loading, one)
        make_administrator(address("Viv Marsh"))


def _let_into_organisation(loading: Loading, one: dict[str, object]) -> None:
    """Make a person (and who writes with them) a member of their organisation."""
    key = one.get("organisation")
    if not key:
        return
    organisation = loading.organisations[str(key)]
    lead = one["does"] == "organisation lead"
    add_member(organisation, loading.person(str(one["name"])), lead=lead)
    for colleague in one.get("writes_with", []):  # type: ignore[attr-defined]
        add_member(organisation, loading.person(colleague), lead=False)
