"""Beating, and saying goodbye."""

from __future__ import annotations

from sqlalchemy import select

from backstage.heartbeats import actions
from backstage.heartbeats.models import Heartbeat
from tests.backstage.heartbeats.aging import age


def test_stop_beating_forgets_who_ends_and_who_is_long_dead(db_session):
    """Others that live, or died today, stay."""
    for name, seconds in (("ends", 0), ("lives", 0), ("died", 3600), ("long dead", 90_000)):
        actions.beat(name, "worker")
        age(db_session, name, seconds)
    actions.stop_beating("ends")
    assert db_session.scalars(select(Heartbeat.name).order_by(Heartbeat.name)).all() == ["died", "lives"]
