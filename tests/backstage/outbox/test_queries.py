"""Reading the outbox."""

from __future__ import annotations

import pytest

from backstage.outbox import queries
from backstage.outbox.actions import post
from backstage.outbox.messages import Message
from base.errors import NotHere


def test_mails_newest_first_and_one_by_its_reference(db_session):
    """By a random reference, for the demonstration's page."""
    for name in ("ada", "ben", "cyd"):
        post(Message(f"{name}@example.org", "Hello", "sign_in/code_and_link"))
    db_session.flush()
    newest = queries.newest_mails(2)
    assert [one.recipient for one in newest] == ["cyd@example.org", "ben@example.org"]
    assert queries.mail_by_reference(newest[0].reference) is newest[0]


def test_a_mail_that_is_not_there(db_session):
    """NotHere."""
    with pytest.raises(NotHere):
        queries.mail_by_reference("nobody's")
