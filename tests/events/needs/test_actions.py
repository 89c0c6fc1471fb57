"""Noting, replacing, deleting and forgetting what people need, on PostgreSQL."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from backstage.history.models import History
from base.errors import Refused
from events.needs import actions
from events.needs.models import Needs
from tests.events.registration.people import come, token
from tests.events.symphony import at as time


def test_change_needs_replaces_them_unseen(symphony, db_session):
    come(symphony, "ada", access="Large print", dietary="Vegan")
    assert actions.change_needs(token("ada"), "Hearing loop", "") is True
    (needs,) = db_session.scalars(select(Needs)).all()
    assert (needs.access, needs.dietary) == ("Hearing loop", "")
    assert actions.change_needs(token("ada"), "", "") is False
    assert db_session.scalars(select(Needs)).all() == []
    db_session.flush()
    lines = db_session.scalars(select(History).where(History.what == "needs.change_needs")).all()
    assert [line.changes for line in lines] == [{"needs": None}, {"needs": None}]


@pytest.mark.parametrize(
    ("access", "dietary", "noted"),
    [("Large print", "", True), ("", "Vegan", True), ("Large print", "Vegan", True), ("", "", False)],
)
def test_note_needs_notes_nothing_of_nothing(symphony, db_session, access, dietary, noted):
    come(symphony, "ada", access=access, dietary=dietary)
    found = [(one.access, one.dietary) for one in db_session.scalars(select(Needs))]
    assert found == ([(access, dietary)] if noted else [])


def test_change_needs_is_refused_once_the_event_is_over(symphony, db_session, at):
    come(symphony, "ada", access="Large print")
    at(time("16:30"))
    with pytest.raises(Refused, match="This event is over"):
        actions.change_needs(token("ada"), "", "")


def test_forget_needs_30_days_after_the_event(symphony, db_session):
    come(symphony, "ada", access="Large print")
    db_session.flush()
    over = time("16:30")
    assert actions.forget_needs(over + timedelta(days=30)) == 0
    assert actions.forget_needs(over + timedelta(days=30, minutes=1)) == 1
    assert db_session.scalars(select(Needs)).all() == []
    db_session.rollback()
