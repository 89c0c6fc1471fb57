"""Files that people gave us."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from backstage.uploads import rules
from base.database import Base, personal


class Upload(Base):
    """One file: named by us in storage, typed from its content."""

    __tablename__ = "upload"

    id: Mapped[int] = mapped_column(primary_key=True)
    storage_name: Mapped[str] = mapped_column(Text, unique=True)
    file_name: Mapped[str] = mapped_column(
        Text,
        info=personal(
            "to give the file back under its name",
            "writers; judges; organisers",
            rules.UNUSED_KEPT,
            "after it was uploaded, once no answer holds it",
            forgotten_by="backstage.uploads.actions.delete_unused",
        ),
    )
    content_type: Mapped[str] = mapped_column(Text)
    size: Mapped[int]
    uploaded_by: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    uploaded_at: Mapped[datetime]
