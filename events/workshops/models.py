"""Places in workshops."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from base.database import Base


class Workshop(Base):
    """The places of one session. `taken` changes only under this row's lock; the database refuses one too many."""

    __tablename__ = "workshop"

    session_id: Mapped[int] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"), primary_key=True)
    places: Mapped[int]
    taken: Mapped[int] = mapped_column(default=0)

    __table_args__ = (
        CheckConstraint("places >= 0", name="places"),
        CheckConstraint("taken between 0 and places", name="taken_within_places"),
    )
