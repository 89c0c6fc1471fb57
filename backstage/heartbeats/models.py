"""Signs of life of the processes behind the pages."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Text
from sqlalchemy.orm import Mapped, mapped_column

from base.database import Base


class Heartbeat(Base):
    """A worker or the schedule; `at` is true to within five seconds while it lives."""

    __tablename__ = "heartbeat"

    name: Mapped[str] = mapped_column(Text, primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    started_at: Mapped[datetime]
    at: Mapped[datetime]

    __table_args__ = (CheckConstraint("kind in ('worker', 'schedule')", name="kind"),)
