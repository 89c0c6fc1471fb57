"""The repeating work: what is due, one schedule at a time, no failure stopping anything else."""

from __future__ import annotations

import threading
import time

import pytest
from sqlalchemy import text

from backstage.heartbeats import actions as heartbeats
from backstage.heartbeats import queries
from base.database import db, hand_over
from jobs import schedule
from jobs.heart import Heart
from jobs.schedule import Repeated
from outside import clock, queue


@pytest.fixture
def work(monkeypatch):
    """`work(Repeated(...), ...)`: the list of repeated work is this."""

    def set_work(*items):
        monkeypatch.setattr(schedule, "WORK", items)

    return set_work


def test_run_due_does_what_is_due(work):
    """At once the first time, then when its seconds are over."""
    work(Repeated("often", 5, lambda now: None), Repeated("seldom", 60, lambda now: None))
    last: dict[str, float] = {}
    done = {moment: schedule.run_due(last, float(moment)) for moment in (0, 4, 5, 9, 10, 59, 60, 61)}
    assert done == {
        0: ["often", "seldom"],
        4: [],
        5: ["often"],
        9: [],
        10: ["often"],
        59: ["often"],
        60: ["seldom"],
        61: [],
    }


def test_run_due_gives_the_time_of_its_step(work):
    """The work gets the clock's value, the same that everything it calls sees."""
    seen = []
    work(Repeated("look", 1, lambda now: seen.append(now == clock.now())))
    schedule.run_due({}, 0.0)
    assert seen == [True]


def test_a_failure_stops_no_other_work_and_undoes_its_own(app, work, caplog):
    """Its rows and its handed-over jobs are gone; the log has its class and no words."""

    def fails(now):
        heartbeats.beat("half done", "worker")
        hand_over("jobs.mail.send_mail", 1)
        db.session.flush()
        raise ValueError("maya@example.org wrote this")

    def works(now):
        heartbeats.beat("done", "worker")
        hand_over("jobs.mail.send_mail", 2)

    work(Repeated("fails", 1, fails), Repeated("works", 1, works))
    assert schedule.run_due({}, 0.0) == ["works"]
    with app.app_context():
        assert db.session.scalars(text("SELECT name FROM heartbeat")).all() == ["done"]
    assert [list(job.args) for job in queue.queue("soon").get_jobs()] == [[2]]
    assert [record.getMessage() for record in caplog.records] == ["fails failed: ValueError"]


def test_the_lock_is_had_by_one_connection(connections):
    """And by the next one when the first has gone, however it went."""
    first, second = connections(), connections()
    assert [schedule.has_lock(first), schedule.has_lock(second)] == [True, False]
    first.invalidate()
    until = time.monotonic() + 10
    while not (has_it := schedule.has_lock(second)) and time.monotonic() < until:
        time.sleep(0.02)
    second.invalidate()
    assert has_it


def keep_two_for(seconds):
    """Run two schedules for some seconds."""
    keep_two_while(lambda: time.sleep(seconds))


def keep_two_while(does):
    """Run two schedules while `does` is under way."""
    ended = threading.Event()
    both = [threading.Thread(target=schedule.keep_schedule, args=(ended,)) for _ in range(2)]
    for one in both:
        one.start()
    does()
    ended.set()
    for one in both:
        one.join(10)
    assert [one.is_alive() for one in both] == [False, False]


def test_two_schedules_never_work_at_the_same_time(work):
    """Whoever has the lock works; the other waits, and takes over."""
    inside, most, runs = [0], [0], [0]

    def slow(now):
        inside[0] += 1
        most[0] = max(most[0], inside[0])
        time.sleep(0.3)
        inside[0] -= 1
        runs[0] += 1

    work(Repeated("slow", 0, slow))
    keep_two_for(2.4)
    assert most == [1]
    assert runs[0] >= 2


def test_without_the_lock_two_schedules_meet(work, monkeypatch):
    """The control: the test above would see two at the same time."""
    met = threading.Barrier(2)
    meetings = []

    def slow(now):
        try:
            meetings.append(met.wait(2))
        except threading.BrokenBarrierError:
            meetings.append(-1)

    work(Repeated("slow", 0, slow))
    monkeypatch.setattr(schedule, "has_lock", lambda connection: True)
    keep_two_for(0.6)
    assert {0, 1} <= set(meetings)


def test_the_schedule_goes_on_when_its_connection_is_lost(app, work):
    """The database was started anew: work is done before and after."""
    runs: list[float] = []
    work(Repeated("count", 0, lambda now: runs.append(time.monotonic())))

    def cut_connections():
        wait_for_a_run_after(0.0)
        with app.app_context(), db.engine.connect() as connection:
            connection.execute(
                text(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            )
        wait_for_a_run_after(time.monotonic())

    def wait_for_a_run_after(moment):
        until = time.monotonic() + 30
        while not any(run > moment for run in runs):
            assert time.monotonic() < until, "no work within 30 seconds"
            time.sleep(0.05)

    keep_two_while(cut_connections)


def test_every_repeated_work_can_run(app):
    """With nothing to do, on empty tables; each has a name of its own."""
    names = [one.name for one in schedule.WORK]
    assert (schedule.run_due({}, 0.0), len(set(names))) == (names, len(names))


def test_a_heart_that_ends_says_goodbye(app):
    """The schedule's row is there while it beats and gone afterwards, so that nobody waits for it."""
    heart = Heart("trial", "schedule")
    heart.start()
    until = time.monotonic() + 10
    while living(app) == 0 and time.monotonic() < until:
        time.sleep(0.02)
    assert living(app) == 1
    heart.end()
    assert (living(app), heart.is_alive()) == (0, False)


def living(app):
    """How many schedules live."""
    with app.app_context():
        return queries.living("schedule")
