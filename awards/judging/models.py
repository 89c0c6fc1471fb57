"""What judges scored."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from awards.schemes.rules import RECORDS_KEPT, SINCE
from base.database import Base, personal


class Score(Base):
    """A judge's score of one criterion of one entry; no value while there is only a comment."""

    __tablename__ = "score"

    read_id: Mapped[int] = mapped_column(ForeignKey("read.id", ondelete="CASCADE"), primary_key=True)
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id"), primary_key=True)
    value: Mapped[int | None]
    comment: Mapped[str] = mapped_column(
        Text,
        default="",
        info=personal(
            "a judge's own words",
            "the judge; organisers of the scheme",
            RECORDS_KEPT,
            SINCE,
            forgotten_by="awards.judging.actions.forget_comments",
        ),
    )
    scored_at: Mapped[datetime]
