"""Reading questions."""

from __future__ import annotations

import pytest

from backstage.questions import actions, queries
from base.errors import NotHere


def test_questions_stand_in_their_order(db_session):
    """The order in which they were added; sets do not mix."""
    made, other = actions.add_question_set("The season"), actions.add_question_set("Another")
    for key in ("what", "link", "evidence"):
        actions.add_question(made.id, key, f"About {key}")
    actions.add_question(other.id, "what", "Another question")
    assert [(one.position, one.key) for one in queries.questions_of_set(made.id)] == [
        (1, "what"),
        (2, "link"),
        (3, "evidence"),
    ]
    assert queries.question_by_key(made.id, "what").label == "About what"
    assert queries.question_by_key(other.id, "what").label == "Another question"
    with pytest.raises(NotHere):
        queries.question_by_key(other.id, "link")
