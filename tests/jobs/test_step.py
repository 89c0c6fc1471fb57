"""One transaction of a job."""

from __future__ import annotations

import pytest

from backstage.heartbeats import actions as heartbeats
from backstage.heartbeats import queries
from base.database import hand_over, take_handed_over
from jobs.step import app as app_of_jobs
from jobs.step import step
from outside import clock, queue


def waiting():
    """How many jobs wait."""
    return len(queue.queue("soon").jobs)


def test_step_commits_and_then_hands_over(app):
    """Nothing is in the queue before the commit."""
    with step():
        heartbeats.beat("trial", "worker")
        hand_over("jobs.mail.send_mails", 1)
        assert waiting() == 0
    with app.app_context():
        assert (queries.living("worker"), waiting()) == (1, 1)


def test_step_that_fails_leaves_nothing(app):
    """No row and no job, neither now nor with the next step."""

    def fails():
        with step():
            heartbeats.beat("trial", "worker")
            hand_over("jobs.mail.send_mails", 1)
            raise LookupError

    with pytest.raises(LookupError):
        fails()
    with step():
        assert take_handed_over() == []
    with app.app_context():
        assert (queries.living("worker"), waiting()) == (0, 0)


def test_step_has_one_time():
    """However long it takes."""
    with step():
        assert clock.now() == clock.now()


def test_the_app_of_a_process_is_made_once(app):
    """And given to every step."""
    assert app_of_jobs() is app_of_jobs() is app
