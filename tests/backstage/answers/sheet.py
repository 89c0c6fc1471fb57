"""A sheet with a question of every kind that the tests of answers need."""

from __future__ import annotations

from dataclasses import dataclass

from backstage.answers.actions import start_sheet
from backstage.questions.actions import add_question, add_question_set
from backstage.questions.models import Question

PDF = b"%PDF-1.7 a document"


@dataclass(frozen=True)
class Asked:
    """An empty sheet, the set it is for, and its questions by key."""

    set_id: int
    sheet_id: int
    questions: dict[str, Question]


def make_sheet() -> Asked:
    """A text of five words, an optional web address and a document, none answered; not committed."""
    made = add_question_set("The season")
    questions = [
        add_question(made.id, "what", "What was done?", words=5),
        add_question(made.id, "link", "Web address", type="url", required=False),
        add_question(made.id, "evidence", "Document", type="file", accept=["pdf"]),
    ]
    return Asked(made.id, start_sheet(made.id).id, {one.key: one for one in questions})
