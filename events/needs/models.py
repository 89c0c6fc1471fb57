"""What people need, apart from who they are."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from base.database import Base, personal


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
            "so that they can take part", "organisers of the event", "30 days after the event", sensitive=True
        ),
    )
    dietary: Mapped[str] = mapped_column(
        Text,
        default="",
        info=personal(
            "so that they can eat", "organisers of the event", "30 days after the event", sensitive=True
        ),
    )
