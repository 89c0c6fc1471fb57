"""Keeping and forgetting uploads."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, exists, select

from backstage.uploads import rules
from backstage.uploads.models import Upload
from base.database import Base, db
from base.errors import refuse_if
from outside import clock, storage


def keep_upload(content: bytes, file_name: str, endings: tuple[str, ...], who: int | None) -> Upload:
    """Keep a file whose content (not whose name) is one of `endings`.

    Raises Refused, for the form's `file`, where it is not, or is empty or too large.
    """
    refuse_if(rules.why_not_keep(content, endings))
    kind = rules.kind_of(content)
    upload = Upload(
        storage_name=storage.keep("uploads", content, kind.ending),
        file_name=rules.safe_name(file_name, kind.ending),
        content_type=kind.content_type,
        size=len(content),
        uploaded_by=who,
        uploaded_at=clock.now(),
    )
    db.session.add(upload)
    db.session.flush()
    return upload


def delete_unused(now: datetime, most: int = 200) -> int:
    """Delete uploads that nothing has pointed at for a while, and their files; gives how many.

    Every table with a foreign key to `upload` counts, so a topic that starts to use uploads need not be named
    here. The rows go first: a file without a row is harmless, a row without its file is not.
    """
    unused = select(Upload).where(Upload.uploaded_at < now - rules.UNUSED_KEPT)
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if any(key.column is Upload.__table__.c.id for key in column.foreign_keys):
                unused = unused.where(~exists().where(column == Upload.id))
    rows = db.session.scalars(unused.order_by(Upload.id).limit(most).with_for_update(skip_locked=True)).all()
    db.session.execute(delete(Upload).where(Upload.id.in_([row.id for row in rows])))
    for row in rows:
        storage.forget(row.storage_name)
    return len(rows)


def delete_strays(now: datetime) -> int:
    """Delete uploaded files that no row names: the request that kept them was rolled back. Gives how many."""
    return storage.forget_strays("uploads", rules.STRAYS_KEPT.total_seconds(), _named)


def _named(names: set[str]) -> set[str]:
    return set(db.session.scalars(select(Upload.storage_name).where(Upload.storage_name.in_(names))))
