"""People: who they are, never what they need."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Text
from sqlalchemy.orm import Mapped, mapped_column

from accounts.people import rules
from base.database import Base, personal

FORGET = "accounts.privacy.actions.forget_people"


class Person(Base):
    """Somebody with an address who has signed in, or was invited to; `used_at` says when last, to the day."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(
        Text,
        unique=True,
        info=personal(
            "to sign in and to write to them",
            "themselves; colleagues in their organisation; organisers",
            rules.KEPT,
            rules.SINCE,
            forgotten_by=FORGET,
        ),
    )
    name: Mapped[str] = mapped_column(
        Text,
        default="",
        info=personal(
            "to say who did what", "people they work with here", rules.KEPT, rules.SINCE, forgotten_by=FORGET
        ),
    )
    administrator: Mapped[bool] = mapped_column(default=False)
    joined_at: Mapped[datetime]
    used_at: Mapped[datetime]

    __table_args__ = (CheckConstraint("email = lower(email)", name="email_is_lower_case"),)
