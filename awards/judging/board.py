"""Reading what handing out looks at: a category's judges, its entries and the reads there are."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from accounts.organisations.models import Membership, OrganisationDomain
from accounts.organisations.rules import SHARED_MAIL_DOMAINS
from accounts.people.models import Person
from awards.entries.models import Entry, EntryPartner, EntryWriter
from awards.judging.models import Judge, Panel, Read
from awards.judging.rules import Board, EntryToRead, Held, Reader, Window
from awards.schemes.models import Category, Scheme
from base.database import db


def window_of(scheme: Scheme) -> Window:
    """The hours that judging keeps in a scheme."""
    return Window(scheme.closes_at, scheme.judging_closes_at, scheme.shortlist_at)


def board_of(scheme: Scheme, category: Category) -> Board:
    """Everything that handing out in a category looks at, in a steady order; seven queries."""
    return Board(
        readers=_readers(category.id),
        entries=_entries(category.id),
        held=_held(category.id),
        reads_per_entry=scheme.reads_per_entry,
        lived_experience_reads=scheme.lived_experience_reads,
    )


def _grouped(rows: Iterable[tuple[int, int]]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for key, value in rows:
        found.setdefault(key, set()).add(value)
    return found


def _readers(category_id: int) -> list[Reader]:
    """The judges, with every organisation they belong to: by the panel, as a member, by their address."""
    rows = db.session.execute(
        select(
            Judge.id,
            Judge.person_id,
            Judge.organisation_id,
            Judge.lived_experience,
            Person.name,
            Person.email,
        )
        .join(Person, Person.id == Judge.person_id)
        .join(Panel, Panel.id == Judge.panel_id)
        .where(Panel.category_id == category_id)
        .order_by(Judge.id)
    ).all()
    member = (
        select(Membership.person_id, Membership.organisation_id)
        .where(Membership.person_id.in_([row.person_id for row in rows]), Membership.state == "member")
        .order_by(Membership.organisation_id)
    )
    memberships = _grouped((row.person_id, row.organisation_id) for row in db.session.execute(member))
    own_domains = {row.email.rpartition("@")[2] for row in rows} - SHARED_MAIL_DOMAINS
    domains = {
        row.domain: row.organisation_id
        for row in db.session.execute(
            select(OrganisationDomain.domain, OrganisationDomain.organisation_id).where(
                OrganisationDomain.domain.in_(own_domains)
            )
        )
    }
    return [
        Reader(
            judge_id=row.id,
            person_id=row.person_id,
            name=row.name,
            lived_experience=row.lived_experience,
            organisations=frozenset(
                memberships.get(row.person_id, set())
                | {row.organisation_id, domains.get(row.email.rpartition("@")[2])} - {None}
            ),
        )
        for row in rows
    ]


def _entries(category_id: int) -> list[EntryToRead]:
    """What was sent in, with all its organisations and everybody who had a hand in it."""
    sent = (Entry.category_id == category_id, Entry.state == "submitted")
    rows = db.session.execute(
        select(
            Entry.id,
            Entry.reference,
            Entry.title,
            Entry.organisation_id,
            Entry.started_by,
            Entry.submitted_by,
            Entry.nominee,
        )
        .where(*sent)
        .order_by(Entry.reference)
    ).all()
    partners = _grouped(
        (row.entry_id, row.organisation_id)
        for row in db.session.execute(
            select(EntryPartner.entry_id, EntryPartner.organisation_id)
            .join(Entry, Entry.id == EntryPartner.entry_id)
            .where(*sent)
        )
    )
    writers = _grouped(
        (row.entry_id, row.person_id)
        for row in db.session.execute(
            select(EntryWriter.entry_id, EntryWriter.person_id)
            .join(Entry, Entry.id == EntryWriter.entry_id)
            .where(*sent)
        )
    )
    return [
        EntryToRead(
            entry_id=row.id,
            reference=row.reference,
            title=row.title,
            organisations=frozenset(partners.get(row.id, set()) | {row.organisation_id}),
            people=frozenset(writers.get(row.id, set()) | {row.started_by, row.submitted_by} - {None}),
            nominee=row.nominee,
        )
        for row in rows
    ]


def _held(category_id: int) -> list[Held]:
    rows = db.session.execute(
        select(Read.judge_id, Read.entry_id, Read.state)
        .join(Judge, Judge.id == Read.judge_id)
        .join(Panel, Panel.id == Judge.panel_id)
        .where(Panel.category_id == category_id)
        .order_by(Read.judge_id, Read.entry_id)
    ).all()
    return [Held(row.judge_id, row.entry_id, row.state) for row in rows]
