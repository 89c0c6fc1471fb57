"""How far a batch is, and which document is the newest."""

from __future__ import annotations

import pytest

from backstage.documents import actions, queries
from backstage.documents.models import Document
from base.errors import NotHere
from tests.backstage.documents.making import JOB, made


def test_progress_counts_made_and_failed(db_session, asked, count_queries):
    """In one query, for its own scope only."""
    batch, ids = asked
    claimed = actions.claim_documents("certificate", ids[:1])
    actions.documents_made(claimed[0].claim, made(claimed))
    db_session.get(Document, ids[1]).state = "failed"
    db_session.flush()
    with count_queries() as sent:
        progress = queries.progress_of("scheme:1", batch)
    assert (progress.total, progress.made, progress.failed, progress.finished, sent.count) == (
        3,
        1,
        1,
        False,
        1,
    )
    db_session.get(Document, ids[2]).state = "failed"
    db_session.flush()
    assert queries.progress_of("scheme:1", batch).finished is True
    assert [one.batch_id for one in queries.batches_of("scheme:1", "certificate")] == [batch]
    assert queries.batches_of("scheme:1", "programme") == []
    with pytest.raises(NotHere):
        queries.progress_of("scheme:11", batch)


def test_newest_made_is_the_last_one_made(db_session, asked):
    """Not one that still waits."""
    _, ids = asked
    assert queries.newest_made("certificate", "entry:1") is None
    _, again = actions.ask_for_documents("certificate", "scheme:1", ["entry:1", "entry:1"], None, JOB)
    for part in (ids[:1], again[:1]):
        claimed = actions.claim_documents("certificate", part)
        actions.documents_made(claimed[0].claim, made(claimed))
    newest = queries.newest_made("certificate", "entry:1")
    assert newest is not None
    assert newest.id == again[0]
