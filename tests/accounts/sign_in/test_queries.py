"""Who is signed in, and which link is whose."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from accounts.people.actions import meet_person
from accounts.sign_in import actions, queries
from accounts.sign_in.rules import DEVICE_LASTS
from backstage.outbox.models import Mail
from base.errors import NotHere

NOW = datetime(2026, 9, 17, 9, 30, tzinfo=UTC)
MOMENT = timedelta(microseconds=1)


def test_viewer_of_device_until_it_expires(db_session, at):
    """At the hour itself it is over; a token that nobody has is nobody's."""
    at(NOW)
    maya = meet_person("maya@example.org", "Maya Collins")
    token = actions.remember_device(maya.id)
    db_session.flush()
    seen = [queries.viewer_of_device(token, NOW + after) for after in (timedelta(0), DEVICE_LASTS - MOMENT)]
    assert [(one.person_id, one.name, one.email, one.administrator) for one in seen if one] == [
        (maya.id, "Maya Collins", "maya@example.org", False)
    ] * 2
    assert queries.viewer_of_device(token, NOW + DEVICE_LASTS) is None
    assert queries.viewer_of_device("nobody's", NOW) is None


def test_viewer_of_device_of_one_who_signed_out(db_session, at):
    """The browser beside it stays signed in."""
    at(NOW)
    maya = meet_person("maya@example.org")
    here, there = actions.remember_device(maya.id), actions.remember_device(maya.id)
    actions.sign_out(maya.id, here)
    db_session.flush()
    assert [bool(queries.viewer_of_device(token, NOW)) for token in (here, there)] == [False, True]


def test_request_by_link(db_session):
    """By the token of the mail, which is not what the table holds."""
    actions.ask_to_sign_in("maya@example.org")
    db_session.flush()
    mail = db_session.query(Mail).one()
    token = str(mail.values["link"]).rpartition("/")[2]
    found = queries.request_by_link(token)
    assert (found.email, found.link_hash == token) == ("maya@example.org", False)
    with pytest.raises(NotHere):
        queries.request_by_link("nobody's")
