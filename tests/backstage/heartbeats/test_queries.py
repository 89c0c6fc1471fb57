"""Who lives, by the database's clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from backstage.heartbeats import actions, queries
from tests.backstage.heartbeats.aging import age

NOW = datetime(2026, 9, 17, 9, 30, tzinfo=UTC)


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
