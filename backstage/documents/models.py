"""Documents that workers make: rows of what is wanted, made or failed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from backstage.documents import rules
from base.database import Base
from base.states import moved_by, one_of


class Batch(Base):
    """Documents asked for together, so that their progress can be watched."""

    __tablename__ = "batch"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    scope: Mapped[str] = mapped_column(Text, index=True)
    total: Mapped[int]
    asked_by: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    asked_at: Mapped[datetime]


class Document(Base):
    """One PDF: wanted, being made under a claim, made (with its file) or failed."""

    __tablename__ = "document"

    id: Mapped[int] = mapped_column(primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("batch.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(Text)
    subject: Mapped[str] = mapped_column(Text, index=True)
    state: Mapped[str] = mapped_column(Text, default="waiting", info=moved_by(rules.MOVES))
    attempts: Mapped[int] = mapped_column(default=0)
    claim: Mapped[str | None] = mapped_column(Text)
    claimed_at: Mapped[datetime | None]
    storage_name: Mapped[str | None] = mapped_column(Text)
    size: Mapped[int | None]
    made_at: Mapped[datetime | None]
    error: Mapped[str] = mapped_column(Text, default="")

    __table_args__ = (
        CheckConstraint(one_of("state", rules.MOVES), name="state"),
        CheckConstraint("(state = 'made') = (storage_name is not null)", name="made_has_file"),
        Index("ix_document_batch_state", "batch_id", "state"),
        Index("ix_document_waiting", "claimed_at", postgresql_where=text("state in ('waiting', 'making')")),
    )
