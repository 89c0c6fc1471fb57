"""Checking people in, and taking that back, on PostgreSQL."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from backstage.history.models import History
from base.errors import NotHere, Refused
from events.door import actions
from events.my_registration.actions import cancel_registration, register
from events.registration.models import Registration
from events.registration.rules import Details
from tests.events.registration.people import come, token
from tests.events.symphony import SLUG, make_symphony
from tests.events.symphony import at as time


@pytest.fixture
def ada(symphony, db_session, at, person):
    """Somebody with a place on the day, and the volunteer's id."""
    come(symphony, "ada")
    db_session.commit()
    at(time("8:45"))
    found = db_session.scalars(select(Registration)).one()
    return found, person("uma@example.org").id


def history(db_session):
    """What was recorded at the door, oldest first."""
    db_session.flush()
    return list(
        db_session.scalars(select(History.what).where(History.what.startswith("door.")).order_by(History.id))
    )


def test_check_in_twice_is_once_and_undo_takes_it_back(ada, db_session, at):
    found, who = ada
    assert actions.check_in(who, SLUG, f" {found.reference.lower()} ") == "Ada"
    at(time("9:30"))
    assert actions.check_in(who, SLUG, found.reference) == "Ada"
    assert found.checked_in_at == time("8:45")
    assert actions.undo_check_in(who, SLUG, found.reference) == "Ada"
    assert found.checked_in_at is None
    assert actions.undo_check_in(who, SLUG, found.reference) == "Ada"
    assert history(db_session) == ["door.check_in", "door.undo_check_in"]


def test_who_has_no_name_is_called_by_the_reference(ada, db_session):
    _, who = ada
    register(SLUG, "nobody@example.org", Details())
    nobody = db_session.scalars(select(Registration).where(Registration.badge_name == "")).one()
    assert actions.check_in(who, SLUG, nobody.reference) == nobody.reference


def test_check_in_is_refused_by_the_rule(ada, db_session):
    found, who = ada
    cancel_registration(token("ada"))
    db_session.expire_all()
    with pytest.raises(Refused, match="was cancelled"):
        actions.check_in(who, SLUG, found.reference)
    assert history(db_session) == []


def test_the_reference_of_another_event_is_not_here(ada):
    found, who = ada
    make_symphony("other")
    for action in (actions.check_in, actions.undo_check_in):
        with pytest.raises(NotHere):
            action(who, "other", found.reference)
        with pytest.raises(NotHere):
            action(who, SLUG, "SYMP-XXXXXX")
