"""Documents: asked for in a batch, claimed in parts, made once."""

from __future__ import annotations

from sqlalchemy import select

from backstage.documents import actions
from backstage.documents.models import Document
from base.database import take_handed_over
from tests.backstage.documents.making import DEAD, JOB, MINUTE, MOMENT, NOW, made, states


def test_ask_for_documents_hands_over_ids_in_parts(db_session):
    """Forty rows, two jobs, ids in the order of the subjects."""
    subjects = [f"entry:{number}" for number in range(40)]
    _, ids = actions.ask_for_documents("certificate", "scheme:1", subjects, None, JOB)
    handed_over = take_handed_over()
    assert [(job, len(part)) for job, part in handed_over] == [(JOB, 20), (JOB, 20)]
    assert [one for _, part in handed_over for one in part] == ids
    rows = db_session.execute(select(Document.id, Document.subject).order_by(Document.id)).all()
    assert [tuple(row) for row in rows] == list(zip(ids, subjects, strict=True))


def test_claim_documents_takes_what_waits_and_is_of_its_kind(asked):
    """A second worker gets nothing, nor does a job of another kind."""
    _, ids = asked
    assert actions.claim_documents("programme", ids) == []
    claimed = actions.claim_documents("certificate", ids[:2])
    assert [(one.document_id, one.subject) for one in claimed] == [(ids[0], "entry:1"), (ids[1], "entry:2")]
    assert len({one.claim for one in claimed}) == 1
    assert [one.document_id for one in actions.claim_documents("certificate", ids)] == [ids[2]]


def test_a_claim_is_stolen_after_five_minutes(db_session, asked, at):
    """The late worker's files are not ours; the thief's are."""
    _, ids = asked
    late = actions.claim_documents("certificate", ids)
    at(NOW + 5 * MINUTE)
    assert actions.claim_documents("certificate", ids) == []
    at(DEAD)
    thief = actions.claim_documents("certificate", ids)
    assert [one.document_id for one in thief] == ids
    assert actions.documents_made(late[0].claim, made(late, "late")) == set()
    assert actions.documents_made(thief[0].claim, made(thief, "thief")) == set(ids)
    names = db_session.scalars(select(Document.storage_name).order_by(Document.id)).all()
    assert names == [f"documents/thief{one}" for one in ids]


def test_documents_made_twice_makes_nothing_twice(db_session, asked):
    """The second finishing changes nothing and says that its files are nobody's."""
    _, ids = asked
    claimed = actions.claim_documents("certificate", ids)
    assert actions.documents_made(claimed[0].claim, made(claimed)) == set(ids)
    assert actions.documents_made(claimed[0].claim, made(claimed, "again")) == set()
    assert actions.documents_made(claimed[0].claim, []) == set()
    assert states(db_session) == ["made"] * 3
    assert actions.claim_documents("certificate", ids) == []


def test_document_failed_is_tried_three_times(db_session, asked):
    """The row keeps the exception's class; the others of the batch are not touched."""
    _, ids = asked
    seen = []
    for _ in range(3):
        [one] = actions.claim_documents("certificate", ids[:1])
        actions.document_failed(one.document_id, "another claim", "KeyError")
        actions.document_failed(one.document_id, one.claim, "KeyError")
        db_session.flush()
        seen.append(states(db_session))
    rest = ["waiting", "waiting"]
    assert seen == [["waiting", *rest], ["waiting", *rest], ["failed", *rest]]
    assert db_session.scalars(select(Document.error).order_by(Document.id)).all() == ["KeyError", "", ""]
    assert actions.claim_documents("certificate", ids[:1]) == []


def test_sweep_documents_hands_over_what_nobody_comes_for(db_session, asked, at):
    """Waiting for five minutes: together. Tried before: each alone, so that none kills the others again."""
    _, ids = asked
    assert [actions.sweep_documents({"certificate": JOB}, when) for when in (NOW, NOW + 5 * MINUTE)] == [0, 0]
    actions.sweep_documents({"certificate": JOB}, DEAD)
    assert take_handed_over() == [(JOB, tuple(ids))]
    actions.claim_documents("certificate", ids[:2])
    at(DEAD)
    actions.sweep_documents({"certificate": JOB}, DEAD)
    assert take_handed_over() == [(JOB, (ids[2],)), (JOB, (ids[0],)), (JOB, (ids[1],))]
    assert actions.sweep_documents({"programme": JOB}, DEAD) == 3
    assert take_handed_over() == []


def test_sweep_documents_gives_up_what_killed_three_workers(db_session, asked, at):
    """It fails in the end and no fourth worker dies of it."""
    _, ids = asked
    when = NOW
    for _ in range(3):
        assert len(actions.claim_documents("certificate", ids[:1])) == 1
        when += 5 * MINUTE + MOMENT
        at(when)
    actions.sweep_documents({"certificate": JOB}, when)
    assert (take_handed_over(), states(db_session)) == (
        [(JOB, tuple(ids[1:]))],
        ["failed", "waiting", "waiting"],
    )
    assert db_session.get(Document, ids[0]).error == "WorkerDied"
