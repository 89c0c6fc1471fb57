"""Signing in by e-mail: what was asked for, and the devices remembered."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from accounts.sign_in import rules
from base.database import Base, personal


class SignInRequest(Base):
    """A code and a link on their way to an address; both work once, for an hour."""

    __tablename__ = "sign_in_request"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(Text, unique=True)
    email: Mapped[str] = mapped_column(
        Text,
        index=True,
        info=personal(
            "to send the code to",
            "nobody",
            rules.REQUESTS_KEPT,
            "after it was asked for",
            forgotten_by="accounts.sign_in.actions.delete_old_requests",
        ),
    )
    code_hash: Mapped[str] = mapped_column(Text)
    link_hash: Mapped[str] = mapped_column(Text, unique=True)
    onward: Mapped[str] = mapped_column(Text, default="")
    asked_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    used_at: Mapped[datetime | None]


class Device(Base):
    """A browser that is signed in; its cookie holds the token of which only the hash is here."""

    __tablename__ = "device"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(Text, unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    signed_in_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
