"""What was decided about each entry; seen at its hour, not before."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from awards.outcomes.rules import MOVES, OUTCOMES, UNDECIDED
from awards.schemes.rules import RECORDS_KEPT, SINCE
from base.database import Base, personal
from base.states import moved_by, one_of


class Outcome(Base):
    """The outcome of an entry. Nobody but organisers sees it before the scheme's hour for it."""

    __tablename__ = "outcome"

    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"), primary_key=True)
    outcome: Mapped[str] = mapped_column(Text, info=moved_by(MOVES, absent=UNDECIDED))
    reason: Mapped[str] = mapped_column(
        Text,
        default="",
        info=personal(
            "an organiser's own words on a decision",
            "organisers of the scheme",
            RECORDS_KEPT,
            SINCE,
            forgotten_by="awards.outcomes.actions.forget_reasons",
        ),
    )
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    decided_at: Mapped[datetime]

    __table_args__ = (CheckConstraint(one_of("outcome", OUTCOMES), name="outcome"),)


class Telling(Base):
    """That an entry's writers were told what became of it, at which hour: the shortlist's or the winners'.

    A row of its own, because those who are not on the shortlist are told too and have no outcome. The key
    makes telling twice impossible.
    """

    __tablename__ = "telling"

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"))
    hour: Mapped[str] = mapped_column(Text)
    told_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("entry_id", "hour"),
        CheckConstraint("hour in ('shortlist', 'winners')", name="hour"),
    )
