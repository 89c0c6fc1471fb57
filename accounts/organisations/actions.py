"""Starting and joining organisations."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import delete, func, select

from accounts.organisations import messages, queries, rules
from accounts.organisations.models import Membership, Organisation, OrganisationAlias, OrganisationDomain
from accounts.people.models import Person
from accounts.people.queries import person_by_id
from backstage.history.actions import record
from backstage.outbox.actions import post
from base.database import db
from base.errors import NotHere, refuse_if
from base.states import move
from base.text import free_slug, slug_of
from outside import clock


def start_organisation(who: int, name: str, kind: str, region: str) -> Organisation:
    """Start an organisation and lead it; raises Refused where its name or alias is here already."""
    organisation = add_organisation(name, kind, region, who=who)
    add_member(organisation, who, lead=True)
    return organisation


def add_member(organisation: Organisation, person_id: int, lead: bool) -> None:
    """Make a person a member without asking anybody."""
    now = clock.now()
    db.session.add(
        Membership(
            organisation_id=organisation.id,
            person_id=person_id,
            state="member",
            lead=lead,
            asked_at=now,
            decided_at=now,
        )
    )
    scope = f"organisation:{organisation.id}"
    record(person_id, "organisations.add_member", scope, f"person:{person_id}", {"lead": (False, lead)})


def add_organisation(
    name: str,
    kind: str,
    region: str,
    aliases: Iterable[str] = (),
    domains: Iterable[str] = (),
    who: int | None = None,
) -> Organisation:
    """Add an organisation that nobody leads yet; raises Refused where its name or alias is here already."""
    # One at a time: two people start the same organisation in the same minute more often than one would
    # think.
    db.session.execute(select(func.pg_advisory_xact_lock(func.hashtext("organisation-names"))))
    taken = queries.organisation_named(name)
    refuse_if(rules.why_not_start(name, taken.name if taken else None))
    organisation = Organisation(
        slug=_free_slug(name),
        name=" ".join(name.split()),
        name_key=rules.name_key(name),
        kind=kind,
        region=region,
        started_at=clock.now(),
    )
    db.session.add(organisation)
    db.session.flush()
    for alias in aliases:
        db.session.add(
            OrganisationAlias(name=alias, name_key=rules.name_key(alias), organisation_id=organisation.id)
        )
    for domain in domains:
        db.session.add(OrganisationDomain(domain=domain.lower(), organisation_id=organisation.id))
    subject = f"organisation:{organisation.id}"
    record(who, "organisations.start_organisation", subject, subject, {"name": (None, organisation.name)})
    return organisation


def _free_slug(name: str) -> str:
    wanted = slug_of(name, "organisation")
    alike = select(Organisation.slug).where(Organisation.slug.startswith(wanted))
    return free_slug(wanted, rules.TAKEN_SLUGS | set(db.session.scalars(alike)))


def join_organisation(who: int, organisation_slug: str) -> str:
    """Join at once where the mail address proves it, else ask its leads; gives the state, "member" or
    "asked".

    An organisation that nobody leads makes its first member, proved or not, the lead: someone has to begin,
    and the history says who.
    """
    organisation = queries.organisation_by_slug(organisation_slug)
    # Held while deciding, so that two firsts cannot both become the lead.
    db.session.execute(select(Organisation.id).where(Organisation.id == organisation.id).with_for_update())
    person = person_by_id(who)
    here = db.session.get(Membership, (organisation.id, who))
    if here is not None:
        return here.state
    leads = queries.leads_of(organisation.id)
    proved = rules.proves_membership(person.email, queries.domains_of(organisation.id))
    state = "member" if proved or not leads else "asked"
    now = clock.now()
    db.session.add(
        Membership(
            organisation_id=organisation.id,
            person_id=who,
            state=state,
            lead=not leads,
            asked_at=now,
            decided_at=now if state == "member" else None,
        )
    )
    scope = f"organisation:{organisation.id}"
    record(who, "organisations.join_organisation", scope, f"person:{who}", {"state": (None, state)})
    if state == "asked":
        for lead in leads:
            post(
                messages.asks_to_join(
                    lead.email, lead.name, person.name, organisation.name, organisation.slug
                )
            )
    return state


def decide_join(who: int, organisation_slug: str, person_id: int, let_in: bool) -> None:
    """Let somebody in who asked, or not; raises NotHere where nobody with that id asks."""
    organisation = queries.organisation_by_slug(organisation_slug)
    asked = db.session.scalars(
        select(Membership)
        .where(
            Membership.organisation_id == organisation.id,
            Membership.person_id == person_id,
            Membership.state == "asked",
        )
        .with_for_update()
    ).one_or_none()
    if asked is None:
        raise NotHere
    person = db.session.get_one(Person, person_id)
    if let_in:
        move(asked, "member")
        asked.decided_at = clock.now()
    else:
        db.session.execute(
            delete(Membership).where(
                Membership.organisation_id == organisation.id, Membership.person_id == person_id
            )
        )
    after = "member" if let_in else "refused"
    scope = f"organisation:{organisation.id}"
    record(who, "organisations.decide_join", scope, f"person:{person_id}", {"state": ("asked", after)})
    post(messages.join_decided(person.email, person.name, organisation.name, let_in))
