"""The one door to answers."""

from __future__ import annotations

import pytest

from backstage.answers import actions, queries
from backstage.questions.actions import add_question
from base.errors import NotHere
from outside import clock
from tests.backstage.answers.sheet import PDF, make_sheet


@pytest.fixture
def asked(db_session):
    """An empty sheet."""
    return make_sheet()


def fill(asked, **answers):
    """Answer the sheet's questions of text."""
    actions.fill_sheet(asked.sheet_id, asked.set_id, answers, None, clock.now())


def test_items_of_a_sheet(asked, count_queries):
    """Every question that it is for, answered or not, with one statement; no other sheet's."""
    other = make_sheet()
    fill(asked, what="We built it")
    fill(other, what="Theirs", link="https://theirs.org")
    with count_queries() as counted:
        items = queries.items_of(asked.sheet_id)
    assert counted.count == 1
    assert [(item.question.key, item.text, item.version, item.is_empty) for item in items] == [
        ("what", "We built it", 1, False),
        ("link", "", 0, True),
        ("evidence", "", 0, True),
    ]


def test_what_an_item_says(asked):
    """The question and its answer as plain values, and what its page and its drawing need."""
    actions.save_file(asked.sheet_id, asked.questions["evidence"], PDF, "Report.pdf", None)
    empty, file = queries.item_of(asked.sheet_id, "what"), queries.item_of(asked.sheet_id, "evidence")
    assert (empty.given.label, empty.given.words, empty.given.finished, empty.size, empty.endings) == (
        "What was done?",
        5,
        False,
        "",
        (),
    )
    assert (file.given.file_name, file.given.size, file.given.finished, file.size, file.endings) == (
        "Report.pdf",
        19,
        True,
        "19 bytes",
        ("pdf",),
    )


def test_items_about_some_questions(asked):
    """In the order asked for, however they stand on the sheet; those of other sets are not on it."""
    fill(asked, what="We built it")
    ids = [asked.questions[key].id for key in ("evidence", "what")]
    foreign = make_sheet().questions["what"].id
    found = queries.items_about(asked.sheet_id, [*ids, foreign])
    assert [(item.question.key, item.text) for item in found] == [("evidence", ""), ("what", "We built it")]
    assert queries.items_about(asked.sheet_id, []) == []


def test_what_is_not_there(asked):
    """NotHere for a question that the sheet is not for, and for a file where there is none."""
    for find in (
        lambda: queries.item_of(asked.sheet_id, "no"),
        lambda: queries.item_of(asked.sheet_id + 1, "what"),
        lambda: queries.upload_of(asked.sheet_id, "evidence"),
        lambda: queries.upload_of(asked.sheet_id, "no"),
    ):
        with pytest.raises(NotHere):
            find()


def test_upload_of(asked):
    """The file itself."""
    actions.save_file(asked.sheet_id, asked.questions["evidence"], PDF, "Report.pdf", None)
    assert queries.upload_of(asked.sheet_id, "evidence").file_name == "Report.pdf"


def test_earlier_answers_are_the_newest_first(asked, person):
    """With who wrote them, as many as asked for."""
    people = [person(f"{name}@example.org").id for name in "ab"]
    what = asked.questions["what"]
    for number in range(5):
        actions.save_answer(asked.sheet_id, what, f"Text {number}", number, people[number % 2])
    earlier = queries.earlier_answers(asked.sheet_id, what.id, most=3)
    assert [(one.text, one.version, one.written_by) for one in earlier] == [
        ("Text 3", 4, people[1]),
        ("Text 2", 3, people[0]),
        ("Text 1", 2, people[1]),
    ]
    assert queries.earlier_answers(asked.sheet_id, asked.questions["link"].id) == []


def test_published_answers(asked, db_session, count_queries):
    """Of questions that are marked so, answered, in order; one statement for many sheets."""
    for key, kind in (("summary", "text"), ("poster", "file"), ("note", "text")):
        add_question(asked.set_id, key, key.title(), type=kind, published=True)
    other = actions.start_sheet(asked.set_id).id
    fill(asked, what="Not for everybody", summary="For everybody", note="And this")
    poster = queries.item_of(asked.sheet_id, "poster").question
    actions.save_file(asked.sheet_id, poster, PDF, "Poster.pdf", None)
    db_session.flush()
    with count_queries() as counted:
        found = queries.published_answers([asked.sheet_id, other])
    assert counted.count == 1
    assert found == {asked.sheet_id: ["For everybody", "Poster.pdf, 19 bytes", "And this"]}
    assert queries.published_answers([]) == {}
