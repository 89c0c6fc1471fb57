"""Reading what has been answered: the one door to answers for every topic that has questions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select

from backstage.answers.models import Answer, AnswerSheet, EarlierAnswer
from backstage.answers.rules import status_of
from backstage.question_types.rules.question_type import Given, QuestionType, Status
from backstage.questions.models import Question
from backstage.uploads.models import Upload
from backstage.uploads.rules import size_in_words
from base.database import among, db
from base.errors import NotHere


@dataclass(frozen=True)
class Item:
    """One question of a sheet with its answer and its file, where there are any."""

    question: Question
    answer: Answer | None
    upload: Upload | None

    @property
    def kind(self) -> QuestionType:
        """The type of the question."""
        return self.question.kind

    @property
    def given(self) -> Given:
        """The question and its answer as plain values, for the rules."""
        return Given(
            label=self.question.label,
            type=self.question.type,
            words=self.question.words,
            required=self.question.required,
            text=self.text,
            file_name=self.upload.file_name if self.upload else "",
            size=self.upload.size if self.upload else 0,
            finished=self.answer is not None and self.answer.finished,
        )

    @property
    def text(self) -> str:
        """What was written, or nothing."""
        return self.answer.text if self.answer else ""

    @property
    def version(self) -> int:
        """How often the answer was changed; 0 where there is none yet."""
        return self.answer.version if self.answer else 0

    @property
    def is_empty(self) -> bool:
        """Whether there is no answer yet."""
        return self.kind.is_empty(self.given)

    @property
    def status(self) -> Status:
        """How far this answer is."""
        return status_of(self.given)

    @property
    def endings(self) -> tuple[str, ...]:
        """The endings of the files that answer this question; none where a text does."""
        return self.kind.endings(self.question.accept)

    @property
    def size(self) -> str:
        """The size of its file for people, or nothing."""
        return size_in_words(self.upload.size) if self.upload else ""


def _items(sheet_id: int) -> Select[Question, Answer, Upload]:
    """Every question that the sheet is for with its answer and file; give each row to Item."""
    return (
        select(Question, Answer, Upload)
        .join(AnswerSheet, AnswerSheet.question_set_id == Question.question_set_id)
        .outerjoin(Answer, (Answer.question_id == Question.id) & (Answer.answer_sheet_id == AnswerSheet.id))
        .outerjoin(Upload, Upload.id == Answer.upload_id)
        .where(AnswerSheet.id == sheet_id)
        .order_by(Question.position, Question.id)
    )


def items_of(sheet_id: int) -> list[Item]:
    """Every question that a sheet is for with what it answers to it, in order; one query."""
    return [Item(*row) for row in db.session.execute(_items(sheet_id))]


def items_about(sheet_id: int, question_ids: Sequence[int]) -> list[Item]:
    """These questions with what a sheet answers to them, in the order in which they are given; one query."""
    rows = db.session.execute(_items(sheet_id).where(Question.id.in_(question_ids)))
    return sorted((Item(*row) for row in rows), key=lambda item: question_ids.index(item.question.id))


def item_of(sheet_id: int, key: str) -> Item:
    """One question that a sheet is for with what it answers to it; raises NotHere."""
    row = db.session.execute(_items(sheet_id).where(Question.key == key)).one_or_none()
    if row is None:
        raise NotHere
    return Item(*row)


def upload_of(sheet_id: int, key: str) -> Upload:
    """The file that answers a question on a sheet; raises NotHere where there is none."""
    found = item_of(sheet_id, key).upload
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


def published_answers(sheet_ids: Collection[int]) -> dict[int, list[str]]:
    """What each of these sheets answers to published questions, in words and in order; one query.

    A sheet on which nothing is published, or nothing answered, is left out.
    """
    rows = db.session.execute(
        select(Answer.answer_sheet_id, Question, Answer, Upload)
        .join(Question, Question.id == Answer.question_id)
        .outerjoin(Upload, Upload.id == Answer.upload_id)
        .where(among(Answer.answer_sheet_id, sheet_ids), Question.published)
        .order_by(Answer.answer_sheet_id, Question.position, Question.id)
    )
    found: dict[int, list[str]] = defaultdict(list)
    for sheet_id, question, answer, upload in rows:
        item = Item(question, answer, upload)
        if not item.is_empty:
            found[sheet_id].append(item.kind.in_words(item.given))
    return dict(found)
