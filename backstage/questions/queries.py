"""Reading questions and what has been answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from backstage.questions.models import Answer, EarlierAnswer, Question
from backstage.questions.rules import Given, Status, status_of
from backstage.uploads.models import Upload
from base.database import db
from base.errors import NotHere


@dataclass(frozen=True)
class Item:
    """One question of a sheet with its answer and its file, where there are any."""

    question: Question
    answer: Answer | None
    upload: Upload | None

    @property
    def given(self) -> Given:
        """The same as plain values, for the rules."""
        return Given(
            label=self.question.label,
            type=self.question.type,
            words=self.question.words,
            required=self.question.required,
            text=self.text,
            has_file=self.upload is not None,
            finished=self.answer is not None and self.answer.finished,
        )

    @property
    def text(self) -> str:
        """What was written, or nothing."""
        return self.answer.text if self.answer else ""

    @property
    def status(self) -> Status:
        """How far this answer is."""
        return status_of(self.given)


def questions_of_set(question_set_id: int) -> Sequence[Question]:
    """The questions of a set, in order."""
    return db.session.scalars(
        select(Question).where(Question.question_set_id == question_set_id).order_by(Question.position)
    ).all()


def question_by_key(question_set_id: int, key: str) -> Question:
    """One question of a set; raises NotHere."""
    found = db.session.scalars(
        select(Question).where(Question.question_set_id == question_set_id, Question.key == key)
    ).one_or_none()
    if found is None:
        raise NotHere
    return found


def items_of(sheet_id: int, question_set_id: int) -> list[Item]:
    """Every question of the set with what this sheet answers to it, in order; one query."""
    rows = db.session.execute(
        select(Question, Answer, Upload)
        .outerjoin(Answer, (Answer.question_id == Question.id) & (Answer.answer_sheet_id == sheet_id))
        .outerjoin(Upload, Upload.id == Answer.upload_id)
        .where(Question.question_set_id == question_set_id)
        .order_by(Question.position)
    ).all()
    return [Item(*row) for row in rows]


def item_of(sheet_id: int, question_set_id: int, key: str) -> Item:
    """One question of the set with what this sheet answers to it; raises NotHere."""
    for item in items_of(sheet_id, question_set_id):
        if item.question.key == key:
            return item
    raise NotHere


def upload_of(sheet_id: int, question_set_id: int, key: str) -> Upload:
    """The file that answers a question on a sheet; raises NotHere where there is none."""
    found = item_of(sheet_id, question_set_id, key).upload
    if found is None:
        raise NotHere
    return found


def earlier_answers(sheet_id: int, question_id: int, most: int = 10) -> Sequence[EarlierAnswer]:
    """What an answer said before, newest first."""
    return db.session.scalars(
        select(EarlierAnswer)
        .where(EarlierAnswer.answer_sheet_id == sheet_id, EarlierAnswer.question_id == question_id)
        .order_by(EarlierAnswer.id.desc())
        .limit(most)
    ).all()
