"""People: who they are, never what they need."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Text
from sqlalchemy.orm import Mapped, mapped_column

from base.database import Base, personal


class Person(Base):
    """Somebody with an address who has signed in, or was invited to."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(
        Text,
        unique=True,
        info=personal(
            "to sign in and to write to them",
            "themselves; colleagues in their organisation; organisers",
            "3 years after last use",
        ),
    )
    name: Mapped[str] = mapped_column(
        Text,
        default="",
        info=personal("to say who did what", "people they work with here", "3 years after last use"),
    )
    administrator: Mapped[bool] = mapped_column(default=False)
    joined_at: Mapped[datetime]

    __table_args__ = (CheckConstraint("email = lower(email)", name="email_is_lower_case"),)
