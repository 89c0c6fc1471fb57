"""Panels and their judges."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from awards.schemes.rules import RECORDS_KEPT, SINCE
from base.database import Base, personal


class Panel(Base):
    """The judges of one category."""

    __tablename__ = "panel"

    id: Mapped[int] = mapped_column(primary_key=True)
    category_id: Mapped[int] = mapped_column(ForeignKey("category.id", ondelete="CASCADE"), unique=True)
    made_at: Mapped[datetime]


class Judge(Base):
    """A person on a panel. Chairs also see how far the panel is."""

    __tablename__ = "judge"

    id: Mapped[int] = mapped_column(primary_key=True)
    panel_id: Mapped[int] = mapped_column(ForeignKey("panel.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    lived_experience: Mapped[bool] = mapped_column(
        default=False,
        info=personal(
            "so that every entry has a reader who knows from within",
            "organisers of the scheme",
            RECORDS_KEPT,
            SINCE,
            forgotten_by="awards.panels.actions.forget_lived_experience",
            sensitive=True,
        ),
    )
    chair: Mapped[bool] = mapped_column(default=False)
    joined_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("panel_id", "person_id"),)
