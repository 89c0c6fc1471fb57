"""The answers on one sheet, and what they said before."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from backstage.answers import rules
from base.database import Base, personal


class AnswerSheet(Base):
    """The answers to one question set, for one entry or one registration."""

    __tablename__ = "answer_sheet"

    id: Mapped[int] = mapped_column(primary_key=True)
    question_set_id: Mapped[int] = mapped_column(ForeignKey("question_set.id"))


class Answer(Base):
    """The newest answer to one question.

    `version` goes up with each change, so that no writer overwrites another unseen; `finished` is what its
    writer said by "Save and continue", and shows as "Done".
    """

    __tablename__ = "answer"

    answer_sheet_id: Mapped[int] = mapped_column(
        ForeignKey("answer_sheet.id", ondelete="CASCADE"), primary_key=True
    )
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"), primary_key=True)
    text: Mapped[str] = mapped_column(
        Text,
        default="",
        info=personal(
            "the entry itself may speak of people",
            "writers; judges; organisers",
            rules.ANSWERS_KEPT,
            "after the awards are over",
            forgotten_by="awards.entries.actions.forget_entries",
        ),
    )
    upload_id: Mapped[int | None] = mapped_column(ForeignKey("upload.id"))
    version: Mapped[int] = mapped_column(default=1)
    finished: Mapped[bool] = mapped_column(default=False)
    written_by: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    written_at: Mapped[datetime]


class EarlierAnswer(Base):
    """What an answer said before it was changed: nothing that people write is lost."""

    __tablename__ = "earlier_answer"

    id: Mapped[int] = mapped_column(primary_key=True)
    answer_sheet_id: Mapped[int] = mapped_column(
        ForeignKey("answer_sheet.id", ondelete="CASCADE"), index=True
    )
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"))
    text: Mapped[str] = mapped_column(
        Text,
        info=personal(
            "to bring back what was overwritten",
            "writers",
            rules.EARLIER_KEPT,
            "after the awards are over",
            forgotten_by="awards.entries.actions.forget_earlier_answers",
        ),
    )
    version: Mapped[int]
    written_by: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    written_at: Mapped[datetime]
