"""Reading entries, always through who may: its writers, the leads of its organisation, the organisers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, or_, select

from accounts.organisations.models import Membership, Organisation
from accounts.people.models import Person
from awards.entries.models import Entry, EntryPartner, EntryWriter
from awards.entries.rules import Draft, state_words
from awards.schemes.models import Category, Scheme
from awards.schemes.rules import Hours, phase
from backstage.answers.queries import Item, items_of
from base.database import among, db
from base.errors import NotHere


@dataclass(frozen=True)
class Opened:
    """An entry with its scheme, category and organisation."""

    entry: Entry
    scheme: Scheme
    category: Category
    organisation: Organisation

    @property
    def draft(self) -> Draft:
        """The entry as the rules take it."""
        return Draft(
            state=self.entry.state,
            title=self.entry.title,
            kind=self.category.kind,
            consent=self.category.consent,
            nominee=self.entry.nominee,
            nominee_told=self.entry.nominee_told,
            guardian_agreed=self.entry.guardian_agreed,
        )

    @property
    def called(self) -> str:
        """The title, or what an entry without one is called."""
        return self.entry.title or "An entry without a title yet"


@dataclass(frozen=True)
class EntryLine:
    """An entry as a list of somebody's own entries shows it."""

    reference: str
    title: str
    state: str
    category: str
    scheme: str
    scheme_slug: str
    year: int
    organisation: str
    changed_at: datetime
    submitted_at: datetime | None
    hours: Hours
    writes: bool

    def phase(self, now: datetime) -> str:
        """The phase of its scheme."""
        return phase(self.hours, now)

    def state_words(self, now: datetime) -> str:
        """Its state as its writers read it."""
        return state_words(self.state, self.hours, now)


@dataclass(frozen=True)
class Writer:
    """A person who writes an entry."""

    person_id: int
    name: str
    email: str
    member: bool


def select_opened() -> Select[Entry, Scheme, Category, Organisation]:
    """Entries with their scheme, category and organisation; give each row to Opened."""
    return (
        select(Entry, Scheme, Category, Organisation)
        .join(Scheme, Scheme.id == Entry.scheme_id)
        .join(Category, Category.id == Entry.category_id)
        .join(Organisation, Organisation.id == Entry.organisation_id)
    )


def _written_by(person_id: int) -> Select[int]:
    return select(EntryWriter.entry_id).where(EntryWriter.person_id == person_id)


def _led_by(person_id: int) -> Select[int]:
    return select(Membership.organisation_id).where(
        Membership.person_id == person_id, Membership.lead, Membership.state == "member"
    )


def entry_of_writer(person_id: int, reference: str) -> Opened:
    """An entry that this person writes; raises NotHere."""
    row = db.session.execute(
        select_opened().where(Entry.reference == reference, Entry.id.in_(_written_by(person_id)))
    ).one_or_none()
    if row is None:
        raise NotHere
    return Opened(*row)


def entry_seen_by(person_id: int, reference: str) -> Opened:
    """An entry that this person writes, or of an organisation that they lead; raises NotHere."""
    theirs = or_(Entry.id.in_(_written_by(person_id)), Entry.organisation_id.in_(_led_by(person_id)))
    row = db.session.execute(select_opened().where(Entry.reference == reference, theirs)).one_or_none()
    if row is None:
        raise NotHere
    return Opened(*row)


def is_writer(person_id: int, reference: str) -> bool:
    """Whether a person writes the entry."""
    found = select(Entry.id).where(Entry.reference == reference, Entry.id.in_(_written_by(person_id)))
    return db.session.scalar(found) is not None


def may_see(person_id: int, reference: str) -> bool:
    """Whether a person writes the entry or leads its organisation."""
    theirs = or_(Entry.id.in_(_written_by(person_id)), Entry.organisation_id.in_(_led_by(person_id)))
    return db.session.scalar(select(Entry.id).where(Entry.reference == reference, theirs)) is not None


def _lines(person_id: int, where: object) -> list[EntryLine]:
    writes = Entry.id.in_(_written_by(person_id)).label("writes")
    rows = db.session.execute(
        select_opened().add_columns(writes).where(where).order_by(Entry.changed_at.desc(), Entry.id.desc())  # type: ignore[arg-type]
    ).all()
    return [
        EntryLine(
            reference=entry.reference,
            title=entry.title,
            state=entry.state,
            category=category.name,
            scheme=scheme.name,
            scheme_slug=scheme.slug,
            year=scheme.year,
            organisation=organisation.name,
            changed_at=entry.changed_at,
            submitted_at=entry.submitted_at,
            hours=scheme.hours,
            writes=bool(is_theirs),
        )
        for entry, scheme, category, organisation, is_theirs in rows
    ]


def entries_of_writer(person_id: int) -> list[EntryLine]:
    """The entries that a person writes, the one changed last first; one query."""
    return _lines(person_id, Entry.id.in_(_written_by(person_id)))


def entries_of_lead(person_id: int) -> list[EntryLine]:
    """The entries of the organisations that a person leads and does not write themselves; one query."""
    others = Entry.organisation_id.in_(_led_by(person_id)) & Entry.id.not_in(_written_by(person_id))
    return _lines(person_id, others)


def items_of_entry(opened: Opened) -> list[Item]:
    """The questions of an entry with its answers, in order; one query."""
    return items_of(opened.entry.answer_sheet_id)


def writers_of(entry_id: int) -> list[Writer]:
    """The people who write an entry, in the order in which they joined it."""
    member = (
        select(Membership.person_id)
        .where(
            Membership.person_id == EntryWriter.person_id,
            Membership.organisation_id == Entry.organisation_id,
            Membership.state == "member",
        )
        .correlate(EntryWriter, Entry)
        .exists()
    )
    rows = db.session.execute(
        select(Person.id, Person.name, Person.email, member.label("member"))
        .join(EntryWriter, EntryWriter.person_id == Person.id)
        .join(Entry, Entry.id == EntryWriter.entry_id)
        .where(EntryWriter.entry_id == entry_id)
        .order_by(EntryWriter.added_at, Person.id)
    ).all()
    return [Writer(row.id, row.name, row.email, bool(row.member)) for row in rows]


def writer_of(entry_id: int, person_id: int) -> Writer:
    """One of an entry's writers; raises NotHere."""
    for writer in writers_of(entry_id):
        if writer.person_id == person_id:
            return writer
    raise NotHere


def partners_of(entry_id: int) -> Sequence[Organisation]:
    """The other organisations in an entry, by name."""
    return db.session.scalars(
        select(Organisation)
        .join(EntryPartner, EntryPartner.organisation_id == Organisation.id)
        .where(EntryPartner.entry_id == entry_id)
        .order_by(func.lower(Organisation.name), Organisation.id)
    ).all()


def partner_names(entry_ids: Sequence[int]) -> dict[int, list[str]]:
    """{entry id: the names of its other organisations, by name} of those that have any; one query."""
    rows = db.session.execute(
        select(EntryPartner.entry_id, Organisation.name)
        .join(Organisation, Organisation.id == EntryPartner.organisation_id)
        .where(among(EntryPartner.entry_id, entry_ids))
        .order_by(EntryPartner.entry_id, func.lower(Organisation.name), Organisation.id)
    )
    names: dict[int, list[str]] = {}
    for row in rows:
        names.setdefault(row.entry_id, []).append(row.name)
    return names


def drafts_in(person_id: int, category_id: int) -> Sequence[Entry]:
    """The drafts that a person writes in a category, the newest first."""
    return db.session.scalars(
        select(Entry)
        .where(
            Entry.category_id == category_id,
            Entry.state == "draft",
            Entry.id.in_(_written_by(person_id)),
        )
        .order_by(Entry.id.desc())
    ).all()
