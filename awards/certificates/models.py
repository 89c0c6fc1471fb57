"""Certificates: a serial, an entry, an outcome and the document."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from awards.outcomes.rules import OUTCOMES
from base.database import Base
from base.states import one_of


class Certificate(Base):
    """What one certificate certifies; `serial` is 80 random bits, `dated` the day printed on it.

    The document is the newest one made or asked for; one that failed or carries an old date is replaced by
    another.
    """

    __tablename__ = "certificate"

    id: Mapped[int] = mapped_column(primary_key=True)
    serial: Mapped[str] = mapped_column(Text, unique=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"))
    outcome: Mapped[str] = mapped_column(Text)
    dated: Mapped[date]
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), unique=True)
    asked_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("entry_id", "outcome"),
        CheckConstraint(one_of("outcome", OUTCOMES), name="outcome"),
    )
