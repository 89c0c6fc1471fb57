"""Starting, writing and sending in entries, on real tables."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from awards.entries import actions, queries
from awards.entries.models import Entry
from backstage.answers.actions import Overtaken
from backstage.answers.models import EarlierAnswer
from backstage.history.models import History
from backstage.outbox.models import Mail
from base.database import db
from base.errors import NotHere, Refused
from outside import storage
from tests.awards.season import (
    ANSWERS,
    CLOSES,
    DURING,
    MOMENT,
    PDF,
    SLUG,
    address,
    id_of,
    make_entry,
    ready,
)

CLOSED = "Entries have closed, so this entry can no longer be changed"


@pytest.fixture
def priya(app, at):
    """The id of Priya, who writes for CPFT, while entries are open."""
    ready(app)
    at(DURING)
    return id_of(app, "Priya Nair")


def items(person_id, reference):
    """The items of an entry by key."""
    opened = queries.entry_of_writer(person_id, reference)
    return {item.question.key: item for item in queries.items_of_entry(opened)}


def history_of(what):
    """The history lines of one action, oldest first."""
    return db.session.scalars(select(History).where(History.what == what).order_by(History.id)).all()


def test_start_entry(priya, db_session):
    """A draft with a reference of its scheme, written by who started it."""
    reference = actions.start_entry(priya, SLUG, "wellbeing", "cpft")
    opened = queries.entry_of_writer(priya, reference)
    assert reference.startswith("PPMH-")
    assert (opened.entry.state, opened.category.slug, opened.organisation.slug) == (
        "draft",
        "wellbeing",
        "cpft",
    )
    assert [one.name for one in queries.writers_of(opened.entry.id)] == ["Priya Nair"]
    assert [line.changes for line in history_of("entries.start_entry")] == [
        {"category": [None, "Mental Health Workforce Wellbeing"]}
    ]


def test_start_entry_twice_gives_the_untouched_draft_back(priya, db_session):
    """A button pressed twice starts one entry; once it is written in, another can be started."""
    first = actions.start_entry(priya, SLUG, "wellbeing", "cpft")
    assert actions.start_entry(priya, SLUG, "wellbeing", "cpft") == first
    assert actions.start_entry(priya, SLUG, "partnership", "cpft") != first
    entry = db_session.scalars(select(Entry).where(Entry.reference == first)).one()
    entry.changed_at = DURING + MOMENT
    db_session.flush()
    assert actions.start_entry(priya, SLUG, "wellbeing", "cpft") != first


@pytest.mark.parametrize(
    ("now", "organisation", "why"),
    [
        (DURING, "combined", "Choose one of your organisations"),
        (DURING, "nothing", "Choose one of your organisations"),
        (CLOSES, "cpft", "Entries have closed, so a new one cannot be started"),
    ],
)
def test_start_entry_refused(priya, at, db_session, now, organisation, why):
    """Only for one's own organisation, only while entries are open; no row is left."""
    at(now)
    with pytest.raises(Refused, match=why):
        actions.start_entry(priya, SLUG, "wellbeing", organisation)
    assert db_session.scalar(select(func.count()).select_from(Entry)) == 0


def test_start_entry_draws_another_reference_while_the_one_drawn_is_taken(priya, app, db_session):
    """The constraint decides, not a look beforehand."""
    taken = make_entry(app)
    draws = iter([taken, taken, "PPMH-FREE"])
    with patch.object(actions, "make_reference", lambda _: next(draws)):
        assert actions.start_entry(priya, SLUG, "wellbeing", "cpft") == "PPMH-FREE"
    with (
        patch.object(actions, "make_reference", lambda _: taken),
        pytest.raises(RuntimeError, match="no free reference"),
    ):
        actions.start_entry(priya, SLUG, "partnership", "cpft")


def test_add_entry_brings_in_a_whole_entry(priya, app, db_session):
    """With its hours, answers and writers, and without mail."""
    reference = make_entry(app, submitted_at=DURING, writers=("Priya Nair", "Quentin Ashe"), invented=True)
    opened = queries.entry_of_writer(priya, reference)
    assert (opened.entry.state, opened.entry.submitted_at, opened.entry.invented) == (
        "submitted",
        DURING,
        True,
    )
    assert {key: item.text for key, item in items(priya, reference).items() if item.text} == ANSWERS
    assert {item.status.words for item in items(priya, reference).values() if item.text} == {"Done"}
    assert db_session.scalar(select(func.count()).select_from(Mail)) == 0


def test_add_entry_with_an_answer_to_no_question(app, priya, db_session):
    """It says so instead of losing the text."""
    with pytest.raises(KeyError):
        make_entry(app, answers={"nothing": "Text"})


def test_change_title_keeps_people_out_of_history(priya, app, db_session):
    """The title is kept before and after, the person's name only as changed."""
    reference = make_entry(app, "star", title="", answers={})
    actions.change_title(priya, reference, "A table", "A young person", True, True)
    draft = queries.entry_of_writer(priya, reference).draft
    assert (draft.title, draft.nominee, draft.nominee_told, draft.guardian_agreed) == (
        "A table",
        "A young person",
        True,
        True,
    )
    actions.change_title(priya, reference, "A table", "A young person", True, True)
    assert [line.changes for line in history_of("entries.change_title")] == [
        {
            "title": ["", "A table"],
            "nominee": None,
            "nominee_told": [False, True],
            "guardian_agreed": [False, True],
        }
    ]


def test_change_title_of_a_team_names_nobody(priya, app, db_session):
    """Whatever is sent along."""
    reference = make_entry(app)
    actions.change_title(priya, reference, "New", "Somebody", True, True)
    draft = queries.entry_of_writer(priya, reference).draft
    assert (draft.title, draft.nominee, draft.nominee_told, draft.guardian_agreed) == (
        "New",
        "",
        False,
        False,
    )


def test_answer_question_counts_its_versions(priya, app, at, db_session):
    """Autosave is "in progress", the button is "done"; equal text changes nothing."""
    reference = make_entry(app, answers={})
    saved = actions.answer_question(priya, reference, "what", "We built", 0, finished=False)
    assert (saved.version, saved.changed) == (1, True)
    assert items(priya, reference)["what"].status.words == "In progress"
    at(DURING + MOMENT)
    saved = actions.answer_question(priya, reference, "what", "We built it", 1)
    assert (saved.version, items(priya, reference)["what"].status.words) == (2, "Done")
    saved = actions.answer_question(priya, reference, "what", "We built it", 2)
    assert (saved.version, saved.changed) == (2, False)
    assert queries.entry_of_writer(priya, reference).entry.changed_at == DURING + MOMENT


def test_answer_question_overtaken_writes_nothing(priya, app, db_session):
    """The other's text stays, and comes back with who wrote it; having seen it, one may replace it."""
    quentin = id_of(app, "Quentin Ashe")
    reference = make_entry(app, answers={}, writers=("Priya Nair", "Quentin Ashe"))
    actions.answer_question(quentin, reference, "what", "Quentin's", 0)
    with pytest.raises(Overtaken) as faster:
        actions.answer_question(priya, reference, "what", "Priya's", 0)
    other = faster.value
    assert (other.text, other.version, other.written_by) == ("Quentin's", 1, quentin)
    assert items(priya, reference)["what"].text == "Quentin's"
    actions.answer_question(priya, reference, "what", "Both", other.version)
    kept = db_session.scalars(select(EarlierAnswer)).one()
    assert (items(priya, reference)["what"].text, kept.text, kept.written_by) == (
        "Both",
        "Quentin's",
        quentin,
    )


def test_answer_question_in_two_windows_of_one_writer_keeps_the_earlier_text(priya, app, db_session):
    """No conflict with oneself, and still nothing is lost."""
    reference = make_entry(app, answers={})
    actions.answer_question(priya, reference, "what", "From the first window", 0)
    actions.answer_question(priya, reference, "what", "From the second", 0)
    assert [one.text for one in db_session.scalars(select(EarlierAnswer))] == ["From the first window"]


def test_answer_question_says_in_history_that_it_changed_not_what(priya, app, db_session):
    """Organisers read history; a draft's words are its writers'."""
    reference = make_entry(app, answers={})
    actions.answer_question(priya, reference, "what", "Our secret words", 0)
    lines = [line.changes for line in history_of("entries.answer_question")]
    assert lines == [{"what": [None, "version 1"]}]


@pytest.mark.parametrize(
    "act",
    [
        lambda who, ref: actions.answer_question(who, ref, "what", "Late", 1),
        lambda who, ref: actions.change_title(who, ref, "Late"),
        lambda who, ref: actions.answer_with_file(who, ref, "evidence", PDF, "late.pdf"),
        lambda who, ref: actions.remove_file(who, ref, "evidence"),
        actions.submit_entry,
    ],
)
def test_at_the_closing_hour_nothing_is_written(priya, app, at, db_session, act):
    """A moment before it is, at the hour exactly it is not."""
    late, timely = make_entry(app), make_entry(app)
    at(CLOSES)
    with pytest.raises(Refused, match=CLOSED):
        act(priya, late)
    opened = queries.entry_of_writer(priya, late)
    assert (opened.entry.title, opened.entry.state) == ("Zokens", "draft")
    assert items(priya, late)["what"].text == "We built it."
    at(CLOSES - MOMENT)
    act(priya, timely)


@pytest.mark.parametrize("name", ["Sian Evans", "Rosa Bell", "Quentin Ashe"])
def test_nobody_but_writers_reaches_an_entry(priya, app, db_session, name):
    """A lead of another trust, somebody of none, and a colleague who was not asked to write: all NotHere."""
    reference, who = make_entry(app), id_of(app, name)
    for act in (actions.submit_entry, actions.reopen_entry, actions.withdraw_entry):
        with pytest.raises(NotHere):
            act(who, reference)
    with pytest.raises(NotHere):
        actions.answer_question(who, reference, "what", "Mine", 0)


def test_answer_with_file(priya, app, db_session):
    """Kept under a name of ours, typed by its content; replaced by another; taken away."""
    reference = make_entry(app)
    actions.answer_with_file(priya, reference, "evidence", PDF, "C:\\fakepath\\Our work.docx")
    upload = items(priya, reference)["evidence"].upload
    assert upload is not None
    assert (upload.file_name, upload.content_type, upload.uploaded_by) == (
        "Our work.pdf",
        "application/pdf",
        priya,
    )
    assert storage.read(upload.storage_name) == PDF
    actions.answer_with_file(priya, reference, "evidence", PDF + b"2", "Second.pdf")
    assert items(priya, reference)["evidence"].upload.file_name == "Second.pdf"
    actions.remove_file(priya, reference, "evidence")
    assert items(priya, reference)["evidence"].upload is None
    assert [line.changes for line in history_of("entries.answer_with_file")] == [{"evidence": None}] * 2


@pytest.mark.parametrize(
    ("key", "content", "why"),
    [
        ("evidence", b"plain words", "The file must be one of these kinds: PDF, DOCX"),
        ("evidence", b"", "The file is empty. Choose another one"),
        ("photo", PDF, "The file must be one of these kinds: JPG, PNG"),
    ],
)
def test_answer_with_a_file_that_is_refused(priya, app, db_session, key, content, why):
    """By content, not by name."""
    reference = make_entry(app)
    with pytest.raises(Refused, match=why):
        actions.answer_with_file(priya, reference, key, content, "fine.pdf")
    assert items(priya, reference)[key].upload is None


def test_submit_entry_writes_to_every_writer(priya, app, db_session):
    """A receipt with the reference and what was sent."""
    reference = make_entry(app, writers=("Priya Nair", "Quentin Ashe"))
    actions.submit_entry(priya, reference)
    entry = queries.entry_of_writer(priya, reference).entry
    assert (entry.state, entry.submitted_at, entry.submitted_by) == ("submitted", DURING, priya)
    mails = db_session.scalars(select(Mail).order_by(Mail.id)).all()
    assert [mail.recipient for mail in mails] == [address("Priya Nair"), address("Quentin Ashe")]
    assert (mails[1].subject, mails[1].values) == (
        f"We have your entry {reference}: Zokens",
        {
            "name": "Quentin Ashe",
            "reference": reference,
            "title": "Zokens",
            "category": "Mental Health Workforce Wellbeing",
            "scheme": "Positive Practice in Mental Health Awards",
            "organisation": "CPFT",
            "sent_by": "Priya Nair",
            "submitted": "Tuesday 5 May, 10am",
            "closes": "Friday 29 May, 5pm",
            "shortlist": "Wednesday 8 July at 10am",
            "link": f"http://localhost/entries/{reference}/status",
        },
    )
    assert [line.changes for line in history_of("entries.submit_entry")] == [
        {"state": ["draft", "submitted"]}
    ]


def test_submit_entry_refused_leaves_it_a_draft(priya, app, db_session):
    """And writes to nobody."""
    reference = make_entry(app, answers={"summary": "A live tool."})
    with pytest.raises(Refused, match=r"Answer: What was done\?, and 1 more to do"):
        actions.submit_entry(priya, reference)
    assert queries.entry_of_writer(priya, reference).entry.state == "draft"
    assert db_session.scalar(select(func.count()).select_from(Mail)) == 0


def test_reopen_change_and_send_in_again(priya, app, db_session):
    """Until the hour, as often as one likes."""
    reference = make_entry(app)
    actions.submit_entry(priya, reference)
    with pytest.raises(Refused, match="Take it back to a draft"):
        actions.answer_question(priya, reference, "what", "Better", 1)
    actions.reopen_entry(priya, reference)
    entry = queries.entry_of_writer(priya, reference).entry
    assert (entry.state, entry.submitted_at, entry.submitted_by) == ("draft", None, None)
    actions.answer_question(priya, reference, "what", "Better", 1)
    actions.submit_entry(priya, reference)
    assert queries.entry_of_writer(priya, reference).entry.state == "submitted"


def test_withdraw_and_bring_back(priya, app, at, db_session):
    """While entries are open it can come back, after that it stays withdrawn."""
    reference = make_entry(app)
    actions.withdraw_entry(priya, reference)
    assert queries.entry_of_writer(priya, reference).entry.state == "withdrawn"
    actions.reopen_entry(priya, reference)
    actions.submit_entry(priya, reference)
    at(CLOSES)
    actions.withdraw_entry(priya, reference)
    with pytest.raises(Refused, match="cannot become a draft again"):
        actions.reopen_entry(priya, reference)
    assert [line.changes["state"] for line in history_of("entries.withdraw_entry")] == [
        ["draft", "withdrawn"],
        ["submitted", "withdrawn"],
    ]


def test_the_database_itself_refuses_an_entry_without_its_hour(priya, app, db_session):
    """Sent in means sent in at some moment."""
    make_entry(app)
    with pytest.raises(IntegrityError):
        db_session.execute(update(Entry).values(state="submitted"))
