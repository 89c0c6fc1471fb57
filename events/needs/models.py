"""What people need, apart from who they are."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from base.database import Base, personal
from events.needs.rules import NEEDS_KEPT


class Needs(Base):
    """What one person needs; deleted first."""

    __tablename__ = "needs"

    registration_id: Mapped[int] = mapped_column(
        ForeignKey("registration.id", ondelete="CASCADE"), primary_key=True
    )
    access: Mapped[str] = mapped_column(
        Text,
        default="",
        info=personal(
            "so that they can take part",
            "organisers of the event",
            NEEDS_KEPT,
            "after the event",
            forgotten_by="events.needs.actions.forget_needs",
            sensitive=True,
        ),
    )
    dietary: Mapped[str] = mapped_column(
        Text,
        default="",
        info=personal(
            "so that they can eat",
            "organisers of the event",
            NEEDS_KEPT,
            "after the event",
            forgotten_by="events.needs.actions.forget_needs",
            sensitive=True,
        ),
    )
