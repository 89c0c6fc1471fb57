"""Panels, judges, the reads handed out to them, and their scores."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

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
            "6 years",
            sensitive=True,
        ),
    )
    chair: Mapped[bool] = mapped_column(default=False)
    joined_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("panel_id", "person_id"),)


class Read(Base):
    """One judge on one entry."""

    __tablename__ = "read"

    id: Mapped[int] = mapped_column(primary_key=True)
    judge_id: Mapped[int] = mapped_column(ForeignKey("judge.id", ondelete="CASCADE"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"))
    state: Mapped[str] = mapped_column(Text, default="assigned")
    conflict: Mapped[str] = mapped_column(
        Text, default="", info=personal("why a judge stepped back", "organisers of the scheme", "6 years")
    )
    assigned_at: Mapped[datetime]
    declared_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("judge_id", "entry_id"),
        Index("ix_read_entry_state", "entry_id", "state"),
        CheckConstraint("state in ('assigned', 'reading', 'done', 'recused')", name="state"),
        CheckConstraint("state = 'assigned' or declared_at is not null", name="declared_before_reading"),
        CheckConstraint("(state = 'done') = (finished_at is not null)", name="done_has_its_hour"),
    )


class Score(Base):
    """One judge's score of one criterion of one entry, with a comment; no value while only that is
    written.
    """

    __tablename__ = "score"

    read_id: Mapped[int] = mapped_column(ForeignKey("read.id", ondelete="CASCADE"), primary_key=True)
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id"), primary_key=True)
    value: Mapped[int | None]
    comment: Mapped[str] = mapped_column(
        Text,
        default="",
        info=personal("a judge's own words", "the judge; organisers of the scheme", "6 years"),
    )
    scored_at: Mapped[datetime]
