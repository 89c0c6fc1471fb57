"""Signs of life, by the database's clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import select, text

from backstage.heartbeats import actions, queries, rules
from backstage.heartbeats.models import Heartbeat

NOW = datetime(2026, 9, 17, 9, 30, tzinfo=UTC)


def age(session, name, seconds):
    """Make a process's last beat so old."""
    session.execute(
        text("UPDATE heartbeat SET at = now() - make_interval(secs => :seconds) WHERE name = :name"),
        {"seconds": seconds, "name": name},
    )


def test_health_is_right_within_twenty_seconds():
    """The last beat may be as old as one interval when its process is killed."""
    assert rules.FRESH + timedelta(seconds=rules.EVERY_SECONDS) <= timedelta(seconds=20)


def test_living_counts_fresh_processes_of_a_kind(db_session):
    """Not the stale ones, not those of another kind; a second beat makes no second row."""
    for name, kind in (("a", "worker"), ("b", "worker"), ("c", "schedule"), ("a", "worker")):
        actions.beat(name, kind)
    age(db_session, "b", 15.5)
    assert (queries.living("worker"), queries.living("schedule")) == (1, 1)
    actions.beat("b", "worker")
    assert queries.living("worker") == 2


def test_living_goes_by_the_databases_clock(db_session, at):
    """A demonstration whose clock was moved by weeks still knows who lives."""
    at(NOW + timedelta(days=400))
    actions.beat("a", "worker")
    assert queries.living("worker") == 1


def test_stop_beating_forgets_who_ends_and_who_is_long_dead(db_session):
    """Others that live, or died today, stay."""
    for name, seconds in (("ends", 0), ("lives", 0), ("died", 3600), ("long dead", 90_000)):
        actions.beat(name, "worker")
        age(db_session, name, seconds)
    actions.stop_beating("ends")
    assert db_session.scalars(select(Heartbeat.name).order_by(Heartbeat.name)).all() == ["died", "lives"]
