"""Reading certificates: what is printed on them, who may fetch which, how far they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, select

from accounts.organisations.models import Organisation
from awards.certificates import rules
from awards.certificates.drawing import page_uri, qr_uri
from awards.certificates.models import Certificate
from awards.certificates.rules import Kept, Wanted
from awards.entries.models import Entry
from awards.entries.queries import partner_names
from awards.outcomes.models import Outcome
from awards.outcomes.rules import OUTCOMES, RANK, visible
from awards.schemes.models import Category, Scheme, SchemeOrganiser
from backstage.documents.models import Document
from backstage.documents.rules import DocumentPage
from base import settings
from base.database import among, db
from base.display import sentence_list, short_day
from base.pages import Asked, Page

TEMPLATE, STYLESHEET = "documents/certificate.html", "certificate.css"


@dataclass(frozen=True)
class CertificateRow:
    """A certificate that there is or should be, as the organiser's list shows it."""

    reference: str
    title: str
    organisation: str
    category: str
    outcome: str
    state: str
    serial: str | None


@dataclass(frozen=True)
class Certified:
    """What a certificate says, for its public page."""

    serial: str
    outcome: str
    title: str
    organisations: tuple[str, ...]
    category: str
    scheme: str
    reference: str
    dated: date
    invented: bool


@dataclass(frozen=True)
class Fetchable:
    """A certificate that may be fetched now."""

    reference: str
    outcome: str
    serial: str


def subject_of(serial: str) -> str:
    """What a certificate's document is about, as documents name it."""
    return f"certificate:{serial}"


def _certified() -> Select[*tuple[Any, ...]]:
    """Certificates with all that is printed on them; the outcome is what is decided today."""
    return (
        select(
            Certificate,
            Entry,
            Scheme,
            Category.name.label("category"),
            Organisation.name.label("organisation"),
            Outcome.outcome.label("decided"),
        )
        .join(Entry, Entry.id == Certificate.entry_id)
        .join(Scheme, Scheme.id == Entry.scheme_id)
        .join(Category, Category.id == Entry.category_id)
        .join(Organisation, Organisation.id == Entry.organisation_id)
        .outerjoin(Outcome, Outcome.entry_id == Entry.id)
    )


def pages_of(subjects: Sequence[str], now: datetime) -> dict[str, DocumentPage]:
    """{subject: what is printed} of certificates ("certificate:7K4QB-…"); two queries however many."""
    serials = [subject.partition(":")[2] for subject in subjects]
    rows = db.session.execute(
        _certified().where(Certificate.serial.in_(serials)).order_by(Certificate.id)
    ).all()
    partners = partner_names([row.Entry.id for row in rows])
    host = settings.current().host
    return {
        subject_of(row.Certificate.serial): DocumentPage(
            template=TEMPLATE, stylesheet=STYLESHEET, values=_printed(row, partners, host)
        )
        for row in rows
    }


def trial_page() -> DocumentPage:
    """A certificate for nobody: a worker that has made one makes the next ones faster."""
    return DocumentPage(
        template=TEMPLATE,
        stylesheet=STYLESHEET,
        values={
            "outcome": "Trial",
            "title": "Trial",
            "who": "Nobody",
            "long": False,
            "category": "Trial",
            "scheme": "Trial",
            "day": "Today",
            "serial": "",
            "host": "",
            "invented": True,
            "qr": qr_uri("trial"),
            "picture": page_uri("trial"),
        },
    )


def _printed(row: Any, partners: dict[int, list[str]], host: str) -> dict[str, object]:
    """What one certificate prints, as plain values."""
    entry, certificate = row.Entry, row.Certificate
    who = sentence_list([row.organisation, *partners.get(entry.id, ())])
    address = settings.page_address(f"/c/{certificate.serial}")
    return {
        "outcome": OUTCOMES[certificate.outcome].words,
        "title": entry.title,
        "who": who,
        "long": len(entry.title) > rules.LONG_TITLE or len(who) > rules.LONG_WHO,
        "category": row.category,
        "scheme": f"{row.Scheme.name} {row.Scheme.year}",
        "day": short_day(certificate.dated),
        "serial": certificate.serial,
        "host": host,
        "invented": row.Scheme.invented or entry.invented,
        "qr": qr_uri(address),
        "picture": page_uri(entry.reference),
    }


def certified_by(serial: str, now: datetime) -> Certified | None:
    """What the certificate with this serial says, once everybody may know; else None.

    The serial is as rules.tidy_serial gives it.
    """
    row = db.session.execute(_certified().where(Certificate.serial == serial)).one_or_none()
    if row is None or row.Entry.state != "submitted":
        return None
    certificate, entry, scheme = row.Certificate, row.Entry, row.Scheme
    if not rules.is_seen(certificate.outcome, visible(row.decided, scheme.hours, now)):
        return None
    return Certified(
        serial=certificate.serial,
        outcome=certificate.outcome,
        title=entry.title,
        organisations=(row.organisation, *partner_names([entry.id]).get(entry.id, ())),
        category=row.category,
        scheme=f"{scheme.name} {scheme.year}",
        reference=entry.reference,
        dated=certificate.dated,
        invented=scheme.invented or entry.invented,
    )


def fetchable(entry_ids: Sequence[int], now: datetime) -> dict[int, list[Fetchable]]:
    """{entry id: its certificates that its people may fetch now, the highest outcome first}; one query."""
    rows = db.session.execute(
        _certified()
        .join(Document, Document.id == Certificate.document_id)
        .where(among(Certificate.entry_id, entry_ids), Document.state == "made", Entry.state == "submitted")
        .order_by(Certificate.entry_id, Certificate.id)
    ).all()
    found: dict[int, list[Fetchable]] = {}
    for row in rows:
        one = row.Certificate
        if rules.is_seen(one.outcome, visible(row.decided, row.Scheme.hours, now)):
            found.setdefault(row.Entry.id, []).append(Fetchable(row.Entry.reference, one.outcome, one.serial))
    return {key: sorted(all_, key=lambda one: RANK[one.outcome]) for key, all_ in found.items()}


def file_of(reference: str, outcome: str, now: datetime, whatever_hour: bool) -> Document | None:
    """The made document of an entry's certificate; None where there is none, or before its hour.

    `whatever_hour` is for organisers, who see what is decided before everybody does.
    """
    row = db.session.execute(
        _certified()
        .add_columns(Document)
        .join(Document, Document.id == Certificate.document_id)
        .where(Entry.reference == reference, Certificate.outcome == outcome, Document.state == "made")
    ).one_or_none()
    if row is None:
        return None
    seen = row.decided if whatever_hour else visible(row.decided, row.Scheme.hours, now)
    if row.Entry.state != "submitted" or not rules.is_seen(outcome, seen):
        return None
    document: Document = row.Document
    return document


def is_organiser_of(person_id: int, reference: str) -> bool:
    """Whether a person runs the scheme that an entry is in."""
    found = (
        select(SchemeOrganiser.person_id)
        .join(Entry, Entry.scheme_id == SchemeOrganiser.scheme_id)
        .where(Entry.reference == reference, SchemeOrganiser.person_id == person_id)
    )
    return db.session.scalars(found.limit(1)).one_or_none() is not None


def wanted_in(scheme: Scheme, now: datetime) -> list[Wanted]:
    """The certificates that there should be in a scheme, by reference; one query."""
    rows = db.session.execute(
        select(Entry.id, Outcome.outcome)
        .join(Outcome, Outcome.entry_id == Entry.id)
        .where(Entry.scheme_id == scheme.id, Entry.state == "submitted")
        .order_by(Entry.reference)
    ).all()
    return [one for row in rows for one in rules.wanted_for(row.id, row.outcome, scheme.hours, now)]


def decided_in(scheme: Scheme) -> int:
    """How many entries of a scheme have an outcome."""
    count = (
        select(func.count())
        .select_from(Outcome)
        .join(Entry, Entry.id == Outcome.entry_id)
        .where(Entry.scheme_id == scheme.id, Entry.state == "submitted")
    )
    return db.session.scalar(count) or 0


def kept_in(scheme: Scheme) -> dict[tuple[int, str], Kept]:
    """The certificates that there are in a scheme, by entry and outcome; one query."""
    rows = db.session.execute(
        select(Certificate.id, Certificate.entry_id, Certificate.outcome, Certificate.dated, Document.state)
        .join(Entry, Entry.id == Certificate.entry_id)
        .join(Document, Document.id == Certificate.document_id)
        .where(Entry.scheme_id == scheme.id)
        .order_by(Certificate.id)
    )
    return {(row.entry_id, row.outcome): Kept(row.id, row.state, row.dated) for row in rows}


def certificates_in(scheme: Scheme, now: datetime) -> list[CertificateRow]:
    """What there is and should be in a scheme, by category, outcome and title; two queries."""
    rows = db.session.execute(
        select(
            Entry.id,
            Entry.reference,
            Entry.title,
            Organisation.name.label("organisation"),
            Category.name.label("category"),
            Outcome.outcome.label("decided"),
        )
        .join(Outcome, Outcome.entry_id == Entry.id)
        .join(Category, Category.id == Entry.category_id)
        .join(Organisation, Organisation.id == Entry.organisation_id)
        .where(Entry.scheme_id == scheme.id, Entry.state == "submitted")
        .order_by(Category.position, Category.id, func.lower(Entry.title), Entry.id)
    ).all()
    columns = (
        Certificate.entry_id,
        Certificate.outcome,
        Certificate.serial,
        Certificate.dated,
        Document.state,
    )
    there_are = (
        select(*columns)
        .join(Entry, Entry.id == Certificate.entry_id)
        .join(Document, Document.id == Certificate.document_id)
        .where(Entry.scheme_id == scheme.id)
    )
    made = {(row.entry_id, row.outcome): row for row in db.session.execute(there_are)}
    # What there should be depends on the outcome only.
    wanted = {outcome: rules.wanted_for(0, outcome, scheme.hours, now) for outcome in OUTCOMES}
    found = []
    for row in rows:
        for one in wanted[row.decided]:
            there = made.get((row.id, one.outcome))
            good = there is not None and (there.state == "failed" or there.dated == one.dated)
            found.append(
                CertificateRow(
                    reference=row.reference,
                    title=row.title,
                    organisation=row.organisation,
                    category=row.category,
                    outcome=one.outcome,
                    state=there.state if there is not None and good else "missing",
                    serial=there.serial if there is not None and there.state == "made" else None,
                )
            )
    return sorted(found, key=lambda one: RANK[one.outcome])


def listed(rows: Sequence[CertificateRow], asked: Asked) -> Page[CertificateRow]:
    """A page of such rows, searched by title, organisation and reference, filtered by their state."""
    words, state = asked.words.casefold(), asked.filters.get("state")
    found = [
        row
        for row in rows
        if state in (None, row.state)
        and words in f"{row.title}\n{row.organisation}\n{row.reference}".casefold()
    ]
    return asked.part(len(found), lambda skipped, most: found[skipped : skipped + most])
