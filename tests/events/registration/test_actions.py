"""Links, locks and forgetting."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from base.errors import NotHere, Refused
from events.my_registration.actions import cancel_registration
from events.registration import actions, queries
from events.registration.models import Registration, RegistrationLink
from events.registration.rules import LINKS_LAST
from tests.events.registration.people import check_counters, come, token
from tests.events.symphony import SLUG
from tests.events.symphony import at as time


@pytest.fixture(autouse=True)
def _counters_agree_with_rows(symphony, db_session):
    yield
    check_counters(symphony.event_id)


def test_the_token_is_nowhere_in_the_database_but_in_its_mail(symphony, db_session):
    come(symphony, "ada")
    db_session.flush()
    stored = db_session.execute(select(RegistrationLink.token_hash)).scalars().all()
    assert token("ada") not in stored
    assert len(token("ada")) == 32


def test_a_link_lasts_thirty_days_after_the_event(symphony, db_session):
    come(symphony, "ada")
    registration_id = db_session.scalars(select(Registration.id)).one()
    link = actions.open_link(registration_id, time("16:30"))
    last = time("16:30") + LINKS_LAST
    assert queries.registration_of_link(link, last - timedelta(seconds=1)).registration_id == registration_id
    with pytest.raises(NotHere):
        queries.registration_of_link(link, last)


def test_lock_registration_gives_what_is_on_and_refuses_what_is_too_late(symphony, db_session, at):
    come(symphony, "ada")
    come(symphony, "ben")
    on, mine = actions.lock_registration(token("ada"))
    assert (on.event.slug, len(on.sessions), mine.email) == (SLUG, 13, "ada@example.org")
    with pytest.raises(NotHere):
        actions.lock_registration("x" * 32)
    ben = token("ben")
    cancel_registration(ben)
    with pytest.raises(Refused, match="was cancelled"):
        actions.lock_registration(ben)
    at(time("16:30"))
    with pytest.raises(Refused, match="is over"):
        actions.lock_registration(token("ada"))


def test_forget_registrations_90_days_after_the_event(symphony, db_session):
    come(symphony, "ada", "Talking about suicide")
    db_session.flush()
    over = time("16:30")
    assert actions.forget_registrations(over + timedelta(days=90)) == 0
    assert actions.forget_registrations(over + timedelta(days=90, minutes=1)) == 1
    assert db_session.scalars(select(RegistrationLink)).all() == []
    db_session.rollback()
