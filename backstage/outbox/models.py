"""Mail rows, written with the business data and sent by a worker."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from base.database import Base, personal


class Mail(Base):
    """One mail to one person. Its values go when it has been sent for a while."""

    __tablename__ = "mail"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(Text, unique=True)
    recipient: Mapped[str] = mapped_column(
        Text,
        info=personal("where the mail goes", "nobody; all in the demonstration", "30 days after sending"),
    )
    subject: Mapped[str] = mapped_column(
        Text, info=personal("the mail itself", "nobody; all in the demonstration", "30 days after sending")
    )
    template: Mapped[str] = mapped_column(Text)
    values: Mapped[dict[str, object]] = mapped_column(
        JSONB, info=personal("the mail itself", "nobody; all in the demonstration", "30 days after sending")
    )
    attachments: Mapped[list[dict[str, str]]] = mapped_column(
        JSONB, default=list, info=personal("the mail itself", "nobody", "30 days after sending")
    )
    state: Mapped[str] = mapped_column(Text, default="waiting")
    attempts: Mapped[int] = mapped_column(default=0)
    claim: Mapped[str | None] = mapped_column(Text)
    claimed_at: Mapped[datetime | None]
    written_at: Mapped[datetime]
    try_after: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    error: Mapped[str] = mapped_column(Text, default="")

    __table_args__ = (
        CheckConstraint("state in ('waiting', 'sending', 'sent', 'failed')", name="state"),
        Index("ix_mail_waiting", "try_after", postgresql_where=text("state in ('waiting', 'sending')")),
    )
