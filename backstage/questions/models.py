"""Questions that an organiser sets."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from backstage.question_types.rules import TYPES
from backstage.question_types.rules.question_type import QuestionType
from base.database import Base
from base.states import one_of


class QuestionSet(Base):
    """The questions of one scheme or event, in order."""

    __tablename__ = "question_set"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text)


class Question(Base):
    """One question. `words` is the most an answer of text may have; `accept` the endings of a file.

    What is answered to a `published` one is for everybody once the entry is shortlisted.
    """

    __tablename__ = "question"

    id: Mapped[int] = mapped_column(primary_key=True)
    question_set_id: Mapped[int] = mapped_column(ForeignKey("question_set.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(Text)
    position: Mapped[int]
    label: Mapped[str] = mapped_column(Text)
    hint: Mapped[str] = mapped_column(Text, default="")
    type: Mapped[str] = mapped_column(Text, default="text")
    words: Mapped[int] = mapped_column(default=300)
    required: Mapped[bool] = mapped_column(default=True)
    accept: Mapped[list[str]] = mapped_column(JSONB, default=list)
    published: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (
        UniqueConstraint("question_set_id", "key"),
        CheckConstraint(one_of("type", TYPES), name="type"),
    )

    @property
    def kind(self) -> QuestionType:
        """Its type, with all that it knows."""
        return TYPES[self.type]
