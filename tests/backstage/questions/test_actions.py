"""Questions and answers on real tables."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from backstage.questions import actions, queries
from backstage.questions.models import Answer, EarlierAnswer
from base.errors import NotHere, Refused
from outside import clock


@pytest.fixture
def sheet(db_session):
    """(set id, sheet id) of an empty sheet with a text, a web address and a file."""
    made = actions.add_question_set("The season")
    actions.add_question(made.id, "what", "What was done?", words=5)
    actions.add_question(made.id, "link", "Web address", type="url", required=False)
    actions.add_question(made.id, "evidence", "Document", type="file", accept=["pdf"])
    return made.id, actions.start_sheet(made.id).id


def test_questions_stand_in_their_order(sheet):
    """The order in which they were added; sets do not mix."""
    set_id, _ = sheet
    other = actions.add_question_set("Another")
    actions.add_question(other.id, "what", "Another question")
    assert [(one.position, one.key) for one in queries.questions_of_set(set_id)] == [
        (1, "what"),
        (2, "link"),
        (3, "evidence"),
    ]
    assert queries.question_by_key(other.id, "what").label == "Another question"


def test_a_question_that_is_not_there(sheet):
    """NotHere, for its answer and its file too; a type that we do not know is the programmer's mistake."""
    set_id, sheet_id = sheet
    for find in (
        lambda: queries.question_by_key(set_id, "no"),
        lambda: queries.item_of(sheet_id, set_id, "no"),
        lambda: queries.upload_of(sheet_id, set_id, "evidence"),
    ):
        with pytest.raises(NotHere):
            find()
    with pytest.raises(ValueError, match="no such type"):
        actions.add_question(set_id, "odd", "Odd", type="colour")


def test_items_of_a_sheet(sheet, count_queries):
    """Every question, answered or not, with one statement."""
    set_id, sheet_id = sheet
    actions.fill_sheet(sheet_id, set_id, {"what": "We built it", "link": ""}, None, clock.now())
    with count_queries() as counted:
        items = queries.items_of(sheet_id, set_id)
    assert counted.count == 1
    assert [(item.question.key, item.text, item.status.words) for item in items] == [
        ("what", "We built it", "Done"),
        ("link", "", "Not started"),
        ("evidence", "", "Not started"),
    ]


def test_save_answer_keeps_a_web_address_whole(sheet, db_session):
    """Refused where it is none, and then no row is changed."""
    set_id, sheet_id = sheet
    link = queries.question_by_key(set_id, "link")
    with pytest.raises(Refused) as refused:
        actions.save_answer(sheet_id, link, "nonsense", 0, None)
    assert refused.value.field == "text"
    assert db_session.scalars(select(Answer)).all() == []
    actions.save_answer(sheet_id, link, "example.org", 0, None)
    assert queries.item_of(sheet_id, set_id, "link").text == "https://example.org"


def test_save_answer_that_says_the_same_as_a_faster_writer(sheet, person):
    """Equal texts are no conflict."""
    set_id, sheet_id = sheet
    one, other = (person(f"{name}@example.org").id for name in "ab")
    what = queries.question_by_key(set_id, "what")
    actions.save_answer(sheet_id, what, "The same", 0, one)
    saved = actions.save_answer(sheet_id, what, "The same", 0, other)
    assert (saved.version, saved.changed) == (1, False)


def test_earlier_answers_are_the_newest_first(sheet, person, db_session):
    """With who wrote them, as many as asked for."""
    set_id, sheet_id = sheet
    people = [person(f"{name}@example.org").id for name in "ab"]
    what = queries.question_by_key(set_id, "what")
    for number in range(5):
        actions.save_answer(sheet_id, what, f"Text {number}", number, people[number % 2])
    earlier = queries.earlier_answers(sheet_id, what.id, most=3)
    assert [(one.text, one.version, one.written_by) for one in earlier] == [
        ("Text 3", 4, people[1]),
        ("Text 2", 3, people[0]),
        ("Text 1", 2, people[1]),
    ]
    assert len(db_session.scalars(select(EarlierAnswer)).all()) == 4


def test_remove_file_where_there_is_none(sheet):
    """Says so."""
    set_id, sheet_id = sheet
    evidence = queries.question_by_key(set_id, "evidence")
    assert actions.remove_file(sheet_id, evidence, None) is False
    actions.save_file(sheet_id, evidence, b"%PDF-1.7", "a.pdf", None)
    assert actions.remove_file(sheet_id, evidence, None) is True
    assert queries.item_of(sheet_id, set_id, "evidence").upload is None
