"""Asking others to write an entry too, naming partners, reminding those whose draft has stopped."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from accounts.organisations.queries import organisation_by_slug
from accounts.people.actions import meet_person
from accounts.people.queries import person_by_id
from awards.entries.models import Entry, EntryPartner, EntryWriter
from awards.entries.queries import Opened, entry_seen_by, partners_of, writer_of, writers_of
from awards.entries.rules import why_not_change
from awards.schemes.models import Category, Scheme
from awards.schemes.queries import scheme_by_slug
from awards.writers import messages, queries, rules
from backstage.history.actions import record
from backstage.outbox.actions import post
from base.database import db
from base.errors import refuse_if
from outside import clock


def _hold(who: int, reference: str) -> Opened:
    """An entry that `who` writes or whose organisation they lead, locked until the commit; raises NotHere."""
    db.session.scalars(
        select(Entry)
        .where(Entry.reference == reference)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    return entry_seen_by(who, reference)


def _record(
    who: int, what: str, entry: Entry, subject: str, changes: Mapping[str, tuple[object, object]]
) -> None:
    record(who, f"writers.{what}", f"scheme:{entry.scheme_id}", f"entry:{entry.id} {subject}", changes)


def invite_writer(who: int, reference: str, email: str) -> str:
    """Let the person with this address write the entry too and tell them by mail; gives their name.

    Raises NotHere, and Refused where they write it already, are too many, or it cannot be changed now.
    """
    opened = _hold(who, reference)
    entry, now, writers = opened.entry, clock.now(), writers_of(opened.entry.id)
    refuse_if(rules.why_not_invite(entry.state, len(writers), opened.scheme.hours, now))
    person = meet_person(email)
    refuse_if(rules.why_not_join(writes=any(writer.person_id == person.id for writer in writers)))
    db.session.execute(insert(EntryWriter).values(entry_id=entry.id, person_id=person.id, added_at=now))
    _record(who, "invite_writer", entry, f"person:{person.id}", {"writes": (False, True)})
    if person.id != who:
        post(
            messages.invited(
                person.email,
                person.name,
                by=person_by_id(who).name,
                reference=reference,
                title=entry.title,
                category=opened.category.name,
                scheme=opened.scheme.name,
                closes_at=opened.scheme.closes_at,
            )
        )
    return person.name


def remove_writer(who: int, reference: str, person_id: int) -> None:
    """Let somebody no longer write the entry; raises NotHere, and Refused for the last one."""
    opened = _hold(who, reference)
    entry = opened.entry
    writer_of(entry.id, person_id)
    refuse_if(rules.why_not_remove_writer(len(writers_of(entry.id))))
    db.session.execute(
        delete(EntryWriter).where(EntryWriter.entry_id == entry.id, EntryWriter.person_id == person_id)
    )
    _record(who, "remove_writer", entry, f"person:{person_id}", {"writes": (True, False)})


def add_partner(who: int, reference: str, organisation_slug: str) -> None:
    """Name another organisation as a partner, so that its judges do not read the entry.

    Raises NotHere, and Refused where it is one already or the entry cannot be changed now.
    """
    opened, partner = _hold(who, reference), organisation_by_slug(organisation_slug)
    entry, partners = opened.entry, partners_of(opened.entry.id)
    already = any(one.id == partner.id for one in partners)
    refuse_if(why_not_change(entry.state, opened.scheme.hours, clock.now()))
    refuse_if(rules.why_not_add_partner(already, partner.id == entry.organisation_id, len(partners)))
    db.session.add(EntryPartner(entry_id=entry.id, organisation_id=partner.id))
    _record(who, "add_partner", entry, f"organisation:{partner.id}", {"partner": (False, True)})


def remove_partner(who: int, reference: str, organisation_slug: str) -> None:
    """Take a partner off an entry; nothing happens when it is none. Raises NotHere and Refused."""
    opened, partner = _hold(who, reference), organisation_by_slug(organisation_slug)
    entry = opened.entry
    refuse_if(why_not_change(entry.state, opened.scheme.hours, clock.now()))
    removed = db.session.scalar(
        delete(EntryPartner)
        .where(EntryPartner.entry_id == entry.id, EntryPartner.organisation_id == partner.id)
        .returning(EntryPartner.organisation_id)
    )
    if removed is not None:
        _record(who, "remove_partner", entry, f"organisation:{partner.id}", {"partner": (True, False)})


def nudge_writers(who: int, scheme_slug: str) -> int:
    """Write to the writers of every draft that has stopped for a week; gives how many drafts.

    Raises NotHere, and Refused when entries are not open. Rows are held, so that two organisers who press at
    the same moment write one mail.
    """
    scheme, now = scheme_by_slug(scheme_slug), clock.now()
    refuse_if(rules.why_not_nudge(scheme.hours, now))
    drafts = db.session.scalars(
        select(Entry)
        .where(Entry.scheme_id == scheme.id, queries.is_due(now))
        .order_by(Entry.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    drafts = [
        draft for draft in drafts if rules.may_nudge(draft.state, draft.changed_at, draft.nudged_at, now)
    ]
    writers = queries.writers_by_entry([draft.id for draft in drafts])
    categories = _category_names(scheme)
    for draft in drafts:
        draft.nudged_at = now
        for writer in writers.get(draft.id, ()):
            post(
                messages.nudge(
                    writer.email,
                    writer.name,
                    reference=draft.reference,
                    title=draft.title,
                    category=categories[draft.category_id],
                    scheme=scheme.name,
                    closes_at=scheme.closes_at,
                    now=now,
                )
            )
    if drafts:
        changes = {"drafts": (0, len(drafts))}
        record(who, "writers.nudge_writers", f"scheme:{scheme.id}", f"scheme:{scheme.id}", changes)
    return len(drafts)


def _category_names(scheme: Scheme) -> dict[int, str]:
    rows = db.session.execute(select(Category.id, Category.name).where(Category.scheme_id == scheme.id)).all()
    return {row.id: row.name for row in rows}
