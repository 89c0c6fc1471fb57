"""Certificates asked for and made, as tests need them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from awards.certificates import actions
from awards.certificates.models import Certificate
from awards.entries.models import Entry
from backstage.documents.models import Document
from base.database import db, take_handed_over
from jobs import documents
from outside import clock
from tests.awards.panel import JUDGING
from tests.awards.season import SLUG, id_of
from website.transactions import Chorus


def ask(app: Chorus, when: datetime = JUDGING) -> int:
    """Noor asks for the certificates, committed; the batch's id."""
    noor = id_of(app, "Noor Haddad")
    with app.app_context(), clock.freeze(when):
        batch = actions.make_certificates(noor, SLUG)
        db.session.commit()
        take_handed_over()
    return batch


def make(app: Chorus, when: datetime = JUDGING) -> None:
    """What a worker does with everything that waits."""
    with app.app_context():
        waiting = db.session.scalars(select(Document.id).where(Document.state == "waiting")).all()
        db.session.commit()
    with clock.freeze(when):
        documents.make_certificates(*waiting)


def certificates(app: Chorus) -> dict[tuple[str, str], tuple[str, str]]:
    """{(reference, outcome): (serial, the document's state)}."""
    with app.app_context():
        rows = db.session.execute(
            select(Entry.reference, Certificate.outcome, Certificate.serial, Document.state)
            .join(Certificate, Certificate.entry_id == Entry.id)
            .join(Document, Document.id == Certificate.document_id)
        )
        return {(row[0], row[1]): (row[2], row[3]) for row in rows}
