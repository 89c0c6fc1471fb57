"""Forgetting people: who, when, and what stays."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from accounts.organisations.actions import start_organisation
from accounts.organisations.models import Membership
from accounts.people import rules
from accounts.people.actions import meet_person
from accounts.people.models import Person
from accounts.privacy.actions import forget_people
from accounts.sign_in.actions import remember_device
from accounts.sign_in.models import Device
from backstage.history.models import History

NOW = datetime(2026, 9, 17, 9, 30, tzinfo=UTC)
MOMENT = timedelta(microseconds=1)


def test_forget_people_keeps_the_row_and_what_it_did(db_session, at):
    """Name, address, role, memberships and devices go; the person's number and lines of history stay."""
    at(NOW)
    maya = meet_person("maya@example.org", "Maya Collins")
    start_organisation(maya.id, "Mersey Care", "NHS trust", "North West")
    remember_device(maya.id)
    db_session.flush()
    lines = db_session.scalars(select(History.id).where(History.person_id == maya.id)).all()
    assert [forget_people(NOW + rules.KEPT + after) for after in (timedelta(0), MOMENT, MOMENT)] == [0, 1, 0]
    db_session.expire_all()
    here = db_session.scalars(select(Person)).one()
    assert (here.id, here.name, here.email) == (
        maya.id,
        "Somebody who has left",
        f"{maya.id}@forgotten.invalid",
    )
    assert [db_session.scalars(select(table)).all() for table in (Membership, Device)] == [[], []]
    assert db_session.scalars(select(History.id).where(History.person_id == maya.id)).all() == lines


def test_whoever_comes_back_or_is_invited_is_kept(db_session, at):
    """Each time counts anew, to the day; a forgotten address that comes again is somebody new."""
    at(NOW)
    maya = meet_person("maya@example.org", "Maya Collins")
    at(NOW + rules.USE_NOTED)
    assert meet_person("maya@example.org").used_at == NOW
    later = NOW + rules.USE_NOTED + MOMENT
    at(later)
    assert meet_person("maya@example.org").used_at == later
    db_session.flush()
    assert [forget_people(later + rules.KEPT), forget_people(later + rules.KEPT + MOMENT)] == [0, 1]
    assert meet_person("maya@example.org").id != maya.id
