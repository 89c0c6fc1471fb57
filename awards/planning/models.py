"""The reads: who reads what."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from awards.planning.rules import MOVES
from awards.schemes.rules import RECORDS_KEPT, SINCE
from base.database import Base, personal
from base.states import moved_by, one_of


class Read(Base):
    """One judge on one entry."""

    __tablename__ = "read"

    id: Mapped[int] = mapped_column(primary_key=True)
    judge_id: Mapped[int] = mapped_column(ForeignKey("judge.id", ondelete="CASCADE"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"))
    state: Mapped[str] = mapped_column(Text, default="assigned", info=moved_by(MOVES))
    conflict: Mapped[str] = mapped_column(
        Text,
        default="",
        info=personal(
            "why a judge stepped back",
            "organisers of the scheme",
            RECORDS_KEPT,
            SINCE,
            forgotten_by="awards.planning.actions.forget_conflicts",
        ),
    )
    assigned_at: Mapped[datetime]
    declared_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("judge_id", "entry_id"),
        Index("ix_read_entry_state", "entry_id", "state"),
        CheckConstraint(one_of("state", MOVES), name="state"),
        CheckConstraint("state = 'assigned' or declared_at is not null", name="declared_before_reading"),
        CheckConstraint("(state = 'done') = (finished_at is not null)", name="done_has_its_hour"),
    )
