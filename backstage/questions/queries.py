"""Reading questions."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from backstage.questions.models import Question
from base.database import db
from base.errors import NotHere


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
