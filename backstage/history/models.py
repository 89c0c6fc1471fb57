"""The history: who did what, when, and what changed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from backstage.history import rules
from base.database import Base, personal


class History(Base):
    """One thing done, kept for good; `scope` ("scheme:3") says whose organisers may read it; `changes` is
    {field: [before, after]}, and {field: None} for what is sensitive or has been forgotten.
    """

    __tablename__ = "history"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    what: Mapped[str] = mapped_column(Text)
    scope: Mapped[str] = mapped_column(Text)
    subject: Mapped[str] = mapped_column(Text)
    changes: Mapped[dict[str, object]] = mapped_column(
        JSONB,
        default=dict,
        info=personal(
            "to see what was changed",
            "organisers of that scheme or event",
            rules.CHANGES_KEPT,
            "after it was done",
            forgotten_by="backstage.history.actions.forget_changes",
        ),
    )

    __table_args__ = (Index("ix_history_scope", "scope", "id"),)
