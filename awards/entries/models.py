"""Entries, and who writes them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from awards.entries import rules
from awards.schemes.rules import RECORDS_KEPT, SINCE
from base.database import Base, personal
from base.states import moved_by, one_of


class Entry(Base):
    """One entry of one organisation in one category; its answers are on its sheet."""

    __tablename__ = "entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(Text, unique=True)
    scheme_id: Mapped[int] = mapped_column(ForeignKey("scheme.id"))
    category_id: Mapped[int] = mapped_column(ForeignKey("category.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    answer_sheet_id: Mapped[int] = mapped_column(ForeignKey("answer_sheet.id"), unique=True)
    title: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(Text, default="draft", info=moved_by(rules.MOVES))
    started_by: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    started_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    submitted_by: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    submitted_at: Mapped[datetime | None]
    nominee: Mapped[str] = mapped_column(
        Text,
        default="",
        info=personal(
            "a nomination is about somebody",
            "writers; judges; organisers",
            RECORDS_KEPT,
            SINCE,
            forgotten_by="awards.entries.actions.forget_entries",
        ),
    )
    nominee_told: Mapped[bool] = mapped_column(default=False)
    guardian_agreed: Mapped[bool] = mapped_column(default=False)
    nudged_at: Mapped[datetime | None]
    invented: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (
        CheckConstraint(one_of("state", rules.MOVES), name="state"),
        CheckConstraint("(state = 'submitted') <= (submitted_at is not null)", name="submitted_has_its_hour"),
        Index("ix_entry_scheme_category", "scheme_id", "category_id", "state"),
    )


class EntryWriter(Base):
    """A person who writes an entry."""

    __tablename__ = "entry_writer"

    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    added_at: Mapped[datetime]


class EntryPartner(Base):
    """Another organisation in an entry: its judges may not read it either."""

    __tablename__ = "entry_partner"

    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
