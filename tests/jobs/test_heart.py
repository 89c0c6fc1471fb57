"""Signs of life of workers and schedule."""

from __future__ import annotations

from backstage.heartbeats import queries
from jobs.heart import Heart, process_name
from tests.waiting import wait_until


def test_a_heart_that_ends_says_goodbye(app):
    """The schedule's row is there while it beats and gone afterwards, so that nobody waits for it."""
    heart = Heart("trial", "schedule")
    heart.start()
    wait_until(lambda: living(app) == 1, "the first beat")
    heart.end()
    assert (living(app), heart.is_alive()) == (0, False)


def living(app):
    """How many schedules live."""
    with app.app_context():
        return queries.living("schedule")


def test_process_names_differ():
    """Also of two processes with one number on one machine, one after the other."""
    assert len({process_name("worker") for _ in range(3)}) == 3
