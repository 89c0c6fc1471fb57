"""The repeating work: what is due, one schedule at a time, no failure stopping anything else."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import text

from backstage.heartbeats import actions as heartbeats
from base.database import db, hand_over
from jobs import schedule
from jobs.schedule import Repeated
from outside import clock, queue
from tests.waiting import LAST_RESORT, wait_until


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
        hand_over("jobs.mail.send_mails", 1)
        db.session.flush()
        raise ValueError("maya@example.org wrote this")

    def works(now):
        heartbeats.beat("done", "worker")
        hand_over("jobs.mail.send_mails", 2)

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
    wait_until(lambda: schedule.has_lock(second), "the lock to be free")
    second.invalidate()


def keep_two_while(does):
    """Run two schedules while `does` is under way."""
    ended = threading.Event()
    both = [threading.Thread(target=schedule.keep_schedule, args=(ended,)) for _ in range(2)]
    for one in both:
        one.start()
    does()
    ended.set()
    for one in both:
        one.join(LAST_RESORT)
    assert [one.is_alive() for one in both] == [False, False]


def test_two_schedules_never_work_at_the_same_time(work, monkeypatch):
    """Whoever has the lock works; the other asks for it meanwhile in vain, and takes over."""
    inside, most, runs, refused = [0], [0], [0], [0]
    really = schedule.has_lock

    def ask(connection):
        has_it = really(connection)
        refused[0] += not has_it
        return has_it

    def slow(now):
        inside[0] += 1
        most[0] = max(most[0], inside[0])
        asked = refused[0]
        wait_until(
            lambda: refused[0] > asked or inside[0] > 1 or runs[0] >= 2, "the other to ask for the lock"
        )
        inside[0] -= 1
        runs[0] += 1

    work(Repeated("slow", 0, slow))
    monkeypatch.setattr(schedule, "has_lock", ask)
    keep_two_while(lambda: wait_until(lambda: runs[0] >= 2, "two runs"))
    assert most == [1]


def test_without_the_lock_two_schedules_meet(work, monkeypatch):
    """The control: the test above would see two at the same time."""
    met = threading.Barrier(2)
    meetings = []

    def slow(now):
        try:
            meetings.append(met.wait(LAST_RESORT))
        except threading.BrokenBarrierError:
            meetings.append(-1)

    def until_they_met():
        wait_until(lambda: len(meetings) >= 2, "two meetings")
        met.abort()

    work(Repeated("slow", 0, slow))
    monkeypatch.setattr(schedule, "has_lock", lambda connection: True)
    keep_two_while(until_they_met)
    assert {0, 1} <= set(meetings)


def test_the_schedule_goes_on_when_its_connection_is_lost(app, work):
    """The database was started anew: work is done before and after."""
    runs = [0]

    def count(now):
        runs[0] += 1

    work(Repeated("count", 0, count))

    def cut_connections():
        wait_for_one_more_run()
        with app.app_context(), db.engine.connect() as connection:
            connection.execute(
                text(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            )
        # The one under way while the connections were cut may still be counted.
        wait_for_one_more_run()
        wait_for_one_more_run()

    def wait_for_one_more_run():
        before = runs[0]
        wait_until(lambda: runs[0] > before, "work to be done")

    keep_two_while(cut_connections)


def test_every_repeated_work_can_run(app):
    """With nothing to do, on empty tables; each has a name of its own."""
    names = [one.name for one in schedule.WORK]
    assert (schedule.run_due({}, 0.0), len(set(names))) == (names, len(names))
