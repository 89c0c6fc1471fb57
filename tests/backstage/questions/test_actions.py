"""Setting questions, on real tables."""

from __future__ import annotations

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from backstage.question_types.rules import TYPES
from backstage.questions import actions
from backstage.questions.models import Question
from backstage.questions.queries import questions_of_set


def test_add_question_at_the_end(db_session):
    """With everything that it says; what is left out is a required text of 300 words, not published."""
    made = actions.add_question_set("The season")
    actions.add_question(made.id, "what", "What was done?")
    actions.add_question(
        made.id,
        "proof",
        "Document",
        type="file",
        required=False,
        accept=["pdf"],
        published=True,
        hint="Short",
    )
    first, second = questions_of_set(made.id)
    assert (first.position, first.type, first.words, first.required, first.published, first.accept) == (
        1,
        "text",
        300,
        True,
        False,
        [],
    )
    assert (second.position, second.type, second.required, second.published, second.accept, second.hint) == (
        2,
        "file",
        False,
        True,
        ["pdf"],
        "Short",
    )
    assert second.kind is TYPES["file"]


@pytest.mark.parametrize("name", sorted(TYPES))
def test_a_question_may_be_of_every_type(db_session, name):
    """The database's CHECK is made from the same list."""
    made = actions.add_question_set("The season")
    assert actions.add_question(made.id, "one", "One", type=name).kind is TYPES[name]


def test_a_type_that_nobody_knows(db_session):
    """The programmer's mistake in the code, a broken CHECK in the database."""
    made = actions.add_question_set("The season")
    with pytest.raises(ValueError, match="no such type of question: colour"):
        actions.add_question(made.id, "odd", "Odd", type="colour")
    actions.add_question(made.id, "what", "What was done?")
    with pytest.raises(IntegrityError, match="ck_question_type"):
        db_session.execute(update(Question).values(type="colour"))
