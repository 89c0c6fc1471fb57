"""Two writers in the same second, on two real connections; as a control, the same without the locks."""

from __future__ import annotations

import threading
from dataclasses import asdict, replace
from datetime import timedelta
from threading import Barrier
from unittest.mock import patch

from sqlalchemy import select, text

from awards.entries import actions, queries
from awards.entries.models import Entry
from awards.schemes import actions as schemes
from backstage.answers import actions as answers
from backstage.answers.models import Answer, EarlierAnswer
from backstage.outbox.models import Mail
from base.database import db
from tests.awards.at_once import at_once
from tests.awards.season import CLOSES, DURING, HOURS, SLUG, id_of, make_entry, ready
from tests.waiting import LAST_RESORT, wait_until

WRITERS = ("Priya Nair", "Quentin Ashe")
ROUNDS = 5


def prepared(app, at):
    """An open scheme; the ids of two writers."""
    ready(app)
    at(DURING)
    return [id_of(app, name) for name in WRITERS]


def texts_of(app, reference):
    """What an entry's "what" says, and every earlier text of it that is kept."""
    with app.app_context():
        sheet = select(Entry.answer_sheet_id).where(Entry.reference == reference).scalar_subquery()
        now = db.session.scalars(select(Answer.text).where(Answer.answer_sheet_id == sheet)).all()
        kept = db.session.scalars(
            select(EarlierAnswer.text).where(EarlierAnswer.answer_sheet_id == sheet)
        ).all()
        return sorted([*now, *kept])


def save(who, reference):
    """Somebody saves a text of their own over version 1, which both had seen."""
    return lambda: actions.answer_question(who, reference, "what", f"Text of {who}", 1)


def test_two_who_save_one_answer_at_once(app, at):
    """One is saved, the other is told; nothing is written over, round after round."""
    people = prepared(app, at)
    outcomes = []
    for _ in range(ROUNDS):
        reference = make_entry(app, answers={"what": "Before"}, writers=WRITERS)
        outcomes.append(at_once(app, [save(who, reference) for who in people]))
        texts = texts_of(app, reference)
        assert texts in [["Before", f"Text of {who}"] for who in people]
    assert outcomes == [["done", "overtaken"]] * ROUNDS


def test_the_same_without_locks_loses_a_text(app, at):
    """The control: both read version 1, meet, and write. One text is gone."""
    people = prepared(app, at)
    reference = make_entry(app, answers={"what": "Before"}, writers=WRITERS)
    met = Barrier(2)

    def read_without_lock(sheet_id, question_id, who):
        answer = db.session.get_one(Answer, (sheet_id, question_id))
        met.wait(LAST_RESORT)
        return answer

    with (
        patch.object(actions, "hold_entry", queries.entry_of_writer),
        patch.object(answers, "_locked_answer", read_without_lock),
    ):
        outcomes = at_once(app, [save(who, reference) for who in people])
    assert outcomes == ["done", "done"]
    assert len([text for text in texts_of(app, reference) if text.startswith("Text of")]) == 1


def receipts(app):
    """How many receipts were written."""
    with app.app_context():
        return len(db.session.scalars(select(Mail.id).where(Mail.template == "entries/receipt")).all())


def test_two_who_send_in_one_entry_at_once(app, at):
    """It goes in once, with one receipt for each of the two."""
    people = prepared(app, at)
    for number in range(1, ROUNDS + 1):
        reference = make_entry(app, writers=WRITERS)
        acts = [lambda who=who, one=reference: actions.submit_entry(who, one) for who in people]
        assert at_once(app, acts) == ["This entry has been sent in already", "done"]
        assert receipts(app) == 2 * number


def test_the_same_without_locks_goes_in_twice(app, at):
    """The control: both look at a draft, meet, and send it in; everybody gets two receipts."""
    people = prepared(app, at)
    reference = make_entry(app, writers=WRITERS)
    met = Barrier(2)

    def look_then_meet(who, one):
        opened = queries.entry_of_writer(who, one)
        met.wait(LAST_RESORT)
        return opened

    with patch.object(actions, "hold_entry", look_then_meet):
        acts = [lambda who=who: actions.submit_entry(who, reference) for who in people]
        assert at_once(app, acts) == ["done", "done"]
    assert receipts(app) == 4


def test_a_button_pressed_twice_at_once_starts_one_entry(app, at):
    """Two requests of one person, round after round."""
    priya, _ = prepared(app, at)
    for category in ("wellbeing", "partnership"):
        acts = [lambda one=category: actions.start_entry(priya, SLUG, one, "cpft")] * 2
        assert at_once(app, acts) == ["done", "done"]
    with app.app_context():
        assert len(db.session.scalars(select(Entry.id)).all()) == 2


def somebody_waits_for_a_lock():
    """Whether a connection to this database waits for another one's lock."""
    waits = text(
        "SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid)"
        " WHERE datname = current_database() AND NOT granted"
    )
    with db.engine.connect() as look:
        return look.scalar(waits)


def test_moving_the_deadline_waits_for_who_is_sending_in(app, at):
    """Whoever holds an entry has read the hours: they cannot change until that is committed."""
    priya, quentin = prepared(app, at)
    reference = make_entry(app)
    later = asdict(replace(HOURS, closes_at=CLOSES + timedelta(days=1)))
    moved = threading.Event()

    def move():
        with app.app_context():
            schemes.change_hours(quentin, SLUG, DURING, **later)
            db.session.commit()
            db.session.remove()
        moved.set()

    with app.app_context():
        actions.submit_entry(priya, reference)
        organiser = threading.Thread(target=move)
        organiser.start()
        wait_until(somebody_waits_for_a_lock, "the organiser to wait")
        assert not moved.is_set()
        db.session.commit()
        assert moved.wait(LAST_RESORT) is True
        organiser.join(LAST_RESORT)
