"""Asking for certificates."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import bindparam, insert, select, update

from awards.certificates import queries, rules
from awards.certificates.models import Certificate
from awards.certificates.rules import Kept, Wanted
from awards.schemes.models import Scheme
from awards.schemes.queries import scheme_by_slug
from backstage.documents.actions import ask_for_documents
from backstage.history.actions import record
from base.database import db
from base.errors import refuse_if
from base.tokens import make_serial
from outside import clock

KIND, JOB = "certificate", "jobs.documents.make_certificates"


def make_certificates(who: int, scheme_slug: str) -> int:
    """Ask for every certificate that is missing, failed or carries an old day; gives the batch's id.

    The scheme's row is held, so two presses at once make one batch, and the second is refused because all is
    on its way. A certificate keeps its serial when it is made again. Raises NotHere, or Refused with why not.
    """
    scheme = db.session.scalars(
        select(Scheme)
        .where(Scheme.id == scheme_by_slug(scheme_slug).id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
    now = clock.now()
    wanted, kept = queries.wanted_in(scheme, now), queries.kept_in(scheme)
    lacking = rules.lacking(wanted, kept)
    decided = len({one.entry_id for one in wanted}) or queries.decided_in(scheme)
    refuse_if(rules.why_not_make(decided, scheme.hours, len(lacking)))
    batch = _ask(who, scheme, lacking, kept)
    record(
        who,
        "certificates.make_certificates",
        f"scheme:{scheme.id}",
        f"batch:{batch}",
        {"certificates": (len(wanted) - len(lacking), len(wanted))},
    )
    return batch


def _ask(who: int, scheme: Scheme, lacking: Sequence[Wanted], kept: dict[tuple[int, str], Kept]) -> int:
    """Write the batch and its documents, then tie new and old certificates to them."""
    again = [(one, kept[one.entry_id, one.outcome].certificate_id) for one in lacking if _has(one, kept)]
    fresh = [(one, make_serial()) for one in lacking if not _has(one, kept)]
    serials = dict(
        db.session.execute(
            select(Certificate.id, Certificate.serial).where(Certificate.id.in_([one for _, one in again]))
        ).all()
    )
    subjects = [queries.subject_of(serials[old]) for _, old in again]
    subjects += [queries.subject_of(serial) for _, serial in fresh]
    batch, documents = ask_for_documents(KIND, f"scheme:{scheme.id}", subjects, who, JOB)
    now = clock.now()
    if again:
        table = Certificate.__table__
        db.session.connection().execute(
            update(table)  # type: ignore[arg-type]
            .where(table.c.id == bindparam("which"))
            .values(document_id=bindparam("document"), dated=bindparam("day"), asked_at=now),
            [
                {"which": old, "document": document, "day": one.dated}
                for (one, old), document in zip(again, documents[: len(again)], strict=True)
            ],
        )
    if fresh:
        db.session.execute(
            insert(Certificate),
            [
                {
                    "serial": serial,
                    "entry_id": one.entry_id,
                    "outcome": one.outcome,
                    "dated": one.dated,
                    "document_id": document,
                    "asked_at": now,
                }
                for (one, serial), document in zip(fresh, documents[len(again) :], strict=True)
            ],
        )
    return batch


def _has(one: Wanted, kept: dict[tuple[int, str], Kept]) -> bool:
    return (one.entry_id, one.outcome) in kept
