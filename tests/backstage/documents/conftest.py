"""A batch of documents that was asked for."""

from __future__ import annotations

import pytest

from backstage.documents import actions
from base.database import take_handed_over
from tests.backstage.documents.making import JOB, NOW


@pytest.fixture
def asked(db_session, at):
    """(batch, ids) of three certificates asked for at 9.30."""
    at(NOW)
    batch, ids = actions.ask_for_documents(
        "certificate", "scheme:1", ["entry:1", "entry:2", "entry:3"], None, JOB
    )
    db_session.commit()
    take_handed_over()
    return batch, ids
