"""Reading the outbox."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from backstage.outbox.models import Mail
from base.database import db
from base.errors import NotHere


def newest_mails(most: int = 100) -> Sequence[Mail]:
    """The newest mails of all; only the demonstration may show them."""
    return db.session.scalars(select(Mail).order_by(Mail.id.desc()).limit(most)).all()


def mail_by_reference(reference: str) -> Mail:
    """One mail by its own random reference; raises NotHere."""
    found = db.session.scalars(select(Mail).where(Mail.reference == reference)).one_or_none()
    if found is None:
        raise NotHere
    return found
