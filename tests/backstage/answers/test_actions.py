"""Writing answers, on real tables."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from backstage.answers import actions, queries
from backstage.answers.models import Answer, EarlierAnswer
from base.errors import Refused
from outside import clock
from tests.backstage.answers.sheet import PDF, make_sheet

NOW = datetime(2026, 5, 5, 9, tzinfo=UTC)


@pytest.fixture
def asked(db_session):
    """An empty sheet."""
    return make_sheet()


@pytest.fixture
def people(person):
    """The ids of two writers."""
    return [person(f"{name}@example.org").id for name in "ab"]


def text_of(asked, key="what"):
    """What the sheet answers to a question."""
    return queries.item_of(asked.sheet_id, key).text


def test_save_answer_counts_versions(asked, people, at, db_session):
    """The first is 1; the same text changes nothing but whether it is finished."""
    at(NOW)
    what, who = asked.questions["what"], people[0]
    first = actions.save_answer(asked.sheet_id, what, "One", 0, who, finished=False)
    again = actions.save_answer(asked.sheet_id, what, "One", 1, who)
    other = actions.save_answer(asked.sheet_id, what, "Two", 1, who)
    assert [(one.version, one.changed, one.notable) for one in (first, again, other)] == [
        (1, True, True),
        (1, False, False),
        (2, True, True),
    ]
    item = queries.item_of(asked.sheet_id, "what")
    assert (item.text, item.status.words) == ("Two", "Done")
    written = db_session.scalars(select(Answer)).one()
    assert (written.written_by, written.written_at) == (who, NOW)


def test_save_answer_while_typing_is_not_worth_a_line_each_time(asked, people):
    """The first is, and each whose text before is kept: the one that stood first, and one cut to pieces."""
    what, who = asked.questions["what"], people[0]
    texts = ["One", "One two", "One two three", "Four"]
    notable = [
        actions.save_answer(asked.sheet_id, what, text, version, who, finished=False).notable
        for version, text in enumerate(texts)
    ]
    assert notable == [True, True, False, True]


def test_save_answer_keeps_a_web_address_whole(asked, db_session):
    """Refused where it is none, and then no row is changed."""
    link = asked.questions["link"]
    with pytest.raises(Refused) as refused:
        actions.save_answer(asked.sheet_id, link, "nonsense", 0, None)
    assert refused.value.field == "text"
    assert db_session.scalars(select(Answer)).all() == []
    actions.save_answer(asked.sheet_id, link, "example.org", 0, None)
    assert text_of(asked, "link") == "https://example.org"


def test_save_answer_overtaken(asked, people):
    """Nothing is written, and what stands there comes with the refusal; having seen it, one may go on."""
    what, (one, other) = asked.questions["what"], people
    actions.save_answer(asked.sheet_id, what, "The faster one", 0, one)
    with pytest.raises(actions.Overtaken) as overtaken:
        actions.save_answer(asked.sheet_id, what, "The slower one", 0, other)
    faster = overtaken.value
    assert (faster.text, faster.version, faster.written_by, faster.field) == (
        "The faster one",
        1,
        one,
        "text",
    )
    assert text_of(asked) == "The faster one"
    actions.save_answer(asked.sheet_id, what, "Both", faster.version, other)
    assert text_of(asked) == "Both"


def test_save_answer_that_says_the_same_as_a_faster_writer(asked, people):
    """Equal texts are no conflict."""
    what, (one, other) = asked.questions["what"], people
    actions.save_answer(asked.sheet_id, what, "The same", 0, one)
    saved = actions.save_answer(asked.sheet_id, what, "The same", 0, other)
    assert (saved.version, saved.changed) == (1, False)


def test_what_another_writer_replaces_is_kept(asked, people, db_session):
    """Each of their texts, with its version and its writer."""
    what = asked.questions["what"]
    for number in range(4):
        actions.save_answer(asked.sheet_id, what, f"Text {number}", number, people[number % 2])
    kept = db_session.scalars(select(EarlierAnswer).order_by(EarlierAnswer.id)).all()
    assert [(one.text, one.version, one.written_by) for one in kept] == [
        ("Text 0", 1, people[0]),
        ("Text 1", 2, people[1]),
        ("Text 2", 3, people[0]),
    ]


def test_fill_sheet(asked):
    """Finished texts, nothing for empty ones, and no text is lost to a key that is none."""
    actions.fill_sheet(asked.sheet_id, asked.set_id, {"what": "We built it", "link": ""}, None, clock.now())
    items = queries.items_of(asked.sheet_id)
    assert [(item.text, item.status.words) for item in items] == [
        ("We built it", "Done"),
        ("", "Not started"),
        ("", "Not started"),
    ]
    actions.fill_sheet(asked.sheet_id, asked.set_id, {}, None, clock.now())
    with pytest.raises(KeyError):
        actions.fill_sheet(asked.sheet_id, asked.set_id, {"nothing": "Text"}, None, clock.now())


def test_save_file_and_remove_file(asked):
    """Of a kind that the question accepts, in place of the one before; removed once."""
    evidence = asked.questions["evidence"]
    with pytest.raises(Refused, match="The file must be one of these kinds: PDF"):
        actions.save_file(asked.sheet_id, evidence, b"\x89PNG\r\n\x1a\n", "a.pdf", None)
    assert actions.remove_file(asked.sheet_id, evidence, None) is False
    actions.save_file(asked.sheet_id, evidence, PDF, "first.pdf", None)
    actions.save_file(asked.sheet_id, evidence, PDF, "second.pdf", None)
    item = queries.item_of(asked.sheet_id, "evidence")
    assert (item.given.file_name, item.version, item.status.words) == ("second.pdf", 2, "Done")
    assert actions.remove_file(asked.sheet_id, evidence, None) is True
    assert queries.item_of(asked.sheet_id, "evidence").upload is None
