"""Mail rows, written with the business data and sent by a worker."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from backstage.outbox import rules
from base.database import Base, personal
from base.states import moved_by, one_of


def _mail(purpose: str) -> dict[str, Any]:
    """What is personal about a mail goes with the mail."""
    return personal(
        purpose,
        "nobody; all in the demonstration",
        rules.MAILS_KEPT,
        "after it was written",
        forgotten_by="backstage.outbox.actions.delete_old_mails",
    )


class Mail(Base):
    """One mail to one person. In a live Chorus its words go as soon as it is sent."""

    __tablename__ = "mail"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(Text, unique=True)
    recipient: Mapped[str] = mapped_column(
        Text,
        info=_mail("where the mail goes"),
    )
    subject: Mapped[str] = mapped_column(Text, info=_mail("the mail itself"))
    template: Mapped[str] = mapped_column(Text)
    values: Mapped[dict[str, object]] = mapped_column(JSONB, info=_mail("the mail itself"))
    attachments: Mapped[list[dict[str, str]]] = mapped_column(
        JSONB, default=list, info=_mail("the mail itself")
    )
    state: Mapped[str] = mapped_column(Text, default="waiting", info=moved_by(rules.MOVES))
    attempts: Mapped[int] = mapped_column(default=0)
    claim: Mapped[str | None] = mapped_column(Text)
    claimed_at: Mapped[datetime | None]
    written_at: Mapped[datetime]
    try_after: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    error: Mapped[str] = mapped_column(Text, default="")

    __table_args__ = (
        CheckConstraint(one_of("state", rules.MOVES), name="state"),
        Index("ix_mail_written_at", "written_at"),
        Index("ix_mail_waiting", "try_after", postgresql_where=text("state in ('waiting', 'sending')")),
    )
