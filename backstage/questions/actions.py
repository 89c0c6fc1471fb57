"""Setting questions."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select

from backstage.question_types.rules import TYPES
from backstage.questions.models import Question, QuestionSet
from base.database import db


def add_question_set(name: str) -> QuestionSet:
    """A new, empty set of questions."""
    made = QuestionSet(name=name)
    db.session.add(made)
    db.session.flush()
    return made


def add_question(
    question_set_id: int,
    key: str,
    label: str,
    *,
    hint: str = "",
    type: str = "text",  # noqa: A002 - the column's name
    words: int = 300,
    required: bool = True,
    accept: Sequence[str] = (),
    published: bool = False,
) -> Question:
    """Add a question at the end of a set; raises ValueError for an unknown type.

    `words` is the most that a text may have, `accept` the endings of the files that are taken (none: all that
    the type can take), `published` says that the answer is for everybody once an entry is shortlisted.
    """
    if type not in TYPES:
        raise ValueError(f"no such type of question: {type}")
    last = db.session.scalar(
        select(func.max(Question.position)).where(Question.question_set_id == question_set_id)
    )
    question = Question(
        question_set_id=question_set_id,
        key=key,
        position=(last or 0) + 1,
        label=label,
        hint=hint,
        type=type,
        words=words,
        required=required,
        accept=list(accept),
        published=published,
    )
    db.session.add(question)
    db.session.flush()
    return question
