"""One year's awards: its hours, categories, criteria and organisers."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from awards.schemes.rules import Hours
from base.database import Base


class Scheme(Base):
    """One year's awards. Entries come between opens_at and closes_at; outcomes show at their hours."""

    __tablename__ = "scheme"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(Text, unique=True)
    name: Mapped[str] = mapped_column(Text)
    year: Mapped[int]
    prefix: Mapped[str] = mapped_column(Text)
    blurb: Mapped[str] = mapped_column(Text, default="")
    lead_organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    question_set_id: Mapped[int] = mapped_column(ForeignKey("question_set.id"))
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    judging_closes_at: Mapped[datetime | None]
    shortlist_at: Mapped[datetime | None]
    winners_at: Mapped[datetime | None]
    ceremony_event_id: Mapped[int | None]
    ceremony_place: Mapped[str] = mapped_column(Text, default="")
    reads_per_entry: Mapped[int] = mapped_column(default=3)
    lived_experience_reads: Mapped[int] = mapped_column(default=1)
    shortlist_size: Mapped[int] = mapped_column(default=3)
    invented: Mapped[bool] = mapped_column(default=False)

    categories: Mapped[list[Category]] = relationship(order_by="Category.position", viewonly=True)
    criteria: Mapped[list[Criterion]] = relationship(order_by="Criterion.position", viewonly=True)

    @property
    def hours(self) -> Hours:
        """The hours of this scheme as the rules take them."""
        return Hours(
            self.opens_at, self.closes_at, self.judging_closes_at, self.shortlist_at, self.winners_at
        )

    __table_args__ = (
        CheckConstraint("opens_at < closes_at", name="opens_before_it_closes"),
        CheckConstraint(
            "judging_closes_at is null or judging_closes_at >= closes_at", name="judging_after_closing"
        ),
        CheckConstraint("shortlist_at is null or shortlist_at >= closes_at", name="shortlist_after_closing"),
        CheckConstraint(
            "winners_at is null or (shortlist_at is not null and winners_at >= shortlist_at)",
            name="winners_after_shortlist",
        ),
    )


class Category(Base):
    """A category of a scheme; `kind` nomination means an entry about somebody else."""

    __tablename__ = "category"

    id: Mapped[int] = mapped_column(primary_key=True)
    scheme_id: Mapped[int] = mapped_column(ForeignKey("scheme.id", ondelete="CASCADE"))
    slug: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text, default="team")
    consent: Mapped[str] = mapped_column(Text, default="")
    blurb: Mapped[str] = mapped_column(Text, default="")
    position: Mapped[int]

    scheme: Mapped[Scheme] = relationship(viewonly=True)

    __table_args__ = (
        UniqueConstraint("scheme_id", "slug"),
        CheckConstraint("kind in ('team', 'nomination')", name="kind"),
        CheckConstraint("consent in ('', 'parent_or_guardian')", name="consent"),
    )


class Criterion(Base):
    """What judges score, with its weight."""

    __tablename__ = "criterion"

    id: Mapped[int] = mapped_column(primary_key=True)
    scheme_id: Mapped[int] = mapped_column(ForeignKey("scheme.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    hint: Mapped[str] = mapped_column(Text, default="")
    weight: Mapped[int] = mapped_column(default=1)
    position: Mapped[int]

    questions: Mapped[list[CriterionQuestion]] = relationship(
        order_by="CriterionQuestion.position", viewonly=True
    )

    __table_args__ = (UniqueConstraint("scheme_id", "key"), CheckConstraint("weight > 0", name="weight"))


class CriterionQuestion(Base):
    """An answer that a criterion is judged on."""

    __tablename__ = "criterion_question"

    criterion_id: Mapped[int] = mapped_column(
        ForeignKey("criterion.id", ondelete="CASCADE"), primary_key=True
    )
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int]


class ScalePoint(Base):
    """One point of a scheme's scale, in words."""

    __tablename__ = "scale_point"

    scheme_id: Mapped[int] = mapped_column(ForeignKey("scheme.id", ondelete="CASCADE"), primary_key=True)
    value: Mapped[int] = mapped_column(primary_key=True)
    words: Mapped[str] = mapped_column(Text)


class SchemeOrganiser(Base):
    """A person who runs a scheme."""

    __tablename__ = "scheme_organiser"

    scheme_id: Mapped[int] = mapped_column(ForeignKey("scheme.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True
    )
