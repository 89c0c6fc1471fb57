"""A real RQ worker, as a process of its own, on the real Redis and PostgreSQL."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from backstage.heartbeats import actions as heartbeats
from backstage.heartbeats import rules
from backstage.heartbeats.models import Heartbeat
from backstage.outbox.models import Mail
from base.database import db
from outside import queue
from outside.programs import Program, launch
from tests.waiting import LAST_RESORT, wait_until

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def patient_rule(monkeypatch):
    """A beat stays fresh for an hour: how long a busy machine takes for a test does not say who lives."""
    monkeypatch.setattr(rules, "FRESH", timedelta(hours=1))


def grow_old(app, kind, by=timedelta(hours=1, seconds=1)):
    """Let the last beats of a kind of process be this much older."""
    with app.app_context():
        db.session.execute(update(Heartbeat).where(Heartbeat.kind == kind).values(at=Heartbeat.at - by))
        db.session.commit()


@pytest.fixture
def start(app, test_settings, tmp_path):
    """`start()`: a worker process that is ready. What a test leaves running is killed."""
    begun = []

    def start_worker():
        environ = {
            "PATH": os.environ["PATH"],
            "CHORUS_MODE": "test",
            "CHORUS_HOME": str(test_settings.home),
            "CHORUS_SECRET": test_settings.secret,
            "CHORUS_ADDRESS": test_settings.public_address,
            "DATABASE_URL": test_settings.database_url,
            "REDIS_URL": test_settings.redis_url,
        }
        with (tmp_path / "log").open("ab") as log:
            process = launch(
                Program("worker", (sys.executable, "-m", "jobs.worker"), environ, folder=ROOT), log
            )
        begun.append(process)
        wait_until(lambda: beats(app), "the worker's first beat", vain=lambda: process.poll() is not None)
        return process

    yield start_worker
    for process in begun:
        process.kill()
        process.wait(LAST_RESORT)


def beats(app):
    """When each worker beat last."""
    with app.app_context():
        return db.session.scalars(select(Heartbeat.at).where(Heartbeat.kind == "worker")).all()


def health(client):
    """The status of /health and what it says."""
    page = client.open("/health")
    return page.status, json.loads(page.body)


def well(workers):
    """What /health says when nothing is wrong."""
    return 200, {"status": "well", "database": True, "queue": True, "workers": workers, "schedule": True}


def beat_as_schedule(app):
    """A schedule that lives, as far as its row says."""
    with app.app_context():
        heartbeats.beat("trial schedule", "schedule")
        db.session.commit()


def mail_states(app):
    """The state of every mail, oldest first."""
    with app.app_context():
        return db.session.scalars(select(Mail.state).order_by(Mail.id)).all()


def enqueue_long(folder):
    """A job that works until there is a file `enough`."""
    work = "tests.jobs.trial_jobs.work_until_told"
    return queue.queue("slow").enqueue(work, str(folder), job_timeout=2 * int(LAST_RESORT))


def everything_in_redis():
    """All keys and values of this test's Redis, as one text."""
    found = []
    connection: Any = queue.connection()
    for key in connection.scan_iter():
        kind = connection.type(key).decode()
        readers: dict[str, Callable[[bytes], object]] = {
            "string": connection.get,
            "hash": connection.hgetall,
            "set": connection.smembers,
            "list": lambda name: connection.lrange(name, 0, -1),
            "zset": lambda name: connection.zrange(name, 0, -1),
            "stream": connection.xrange,
            "none": lambda name: "gone meanwhile",
        }
        found.append(f"{key!r} {readers[kind](key)!r}")
    return "\n".join(found)


def test_a_worker_works_beats_and_finishes_what_it_has_in_hand(app, client, start, tmp_path):
    """From a press in a browser to the sent mail; an emptied Redis; then SIGTERM in the middle of a job."""
    beat_as_schedule(app)
    worker = start()

    client.open("/sign-in").press("Send me a code", **{"Email address": "maya@example.org"})
    wait_until(lambda: mail_states(app) == ["sent"], "the mail to be sent")
    assert health(client) == well(1)

    # Redis forgets everything, the worker's own registration included: rows say who lives, and work goes on.
    queue.connection().flushdb()
    client.open("/sign-in").press("Send me a code", **{"Email address": "ada@example.org"})
    wait_until(lambda: mail_states(app) == ["sent", "sent"], "the second mail to be sent")
    assert health(client) == well(1)

    enqueue_long(tmp_path)
    wait_until((tmp_path / "begun").exists, "the long job to begin")
    beat_before = beats(app)[0]
    wait_until(lambda: beats(app)[0] > beat_before, "a beat while the job runs")
    worker.send_signal(signal.SIGTERM)
    (tmp_path / "enough").touch()
    assert worker.wait(LAST_RESORT) == 0
    assert (tmp_path / "done").read_text() == "done"
    assert beats(app) == []
    assert health(client)[0] == 503


def test_a_failed_job_leaves_the_class_of_its_mistake_only(app, start, tmp_path):
    """Neither Redis nor the log keeps a word of what people wrote."""
    start()
    job = queue.queue("soon").enqueue("tests.jobs.trial_jobs.fail_with_words", 7, failure_ttl=3600)
    wait_until(lambda: job.get_status(refresh=True) == "failed", "the job to fail")
    result = wait_until(job.latest_result, "the result")
    assert result is not None
    assert result.exc_string == "TrialError"
    kept = wait_until(everything_in_redis, "something in Redis")
    assert [word for word in ("maya", "my son", "Traceback") if word in kept] == []
    said = "tests.jobs.trial_jobs.fail_with_words(7,) failed: TrialError"
    wait_until(lambda: said in (tmp_path / "log").read_text(), "the line in the log")
    log = (tmp_path / "log").read_text()
    assert [word for word in ("maya", "my son", "Traceback") if word in log] == []


def test_a_killed_worker_is_missed_and_its_killed_job_does_not_kill_it(app, client, start, tmp_path):
    """Its forked job is killed: it lives on. It is killed itself: /health says so once its beat is stale."""
    beat_as_schedule(app)
    worker = start()
    job = enqueue_long(tmp_path)
    wait_until((tmp_path / "begun").exists, "the job to begin")
    horse = int((tmp_path / "begun").read_text())
    os.kill(horse, signal.SIGKILL)
    wait_until(lambda: job.get_status(refresh=True) == "failed", "the job to be found dead")
    result = wait_until(job.latest_result, "the result")
    assert result is not None
    assert result.exc_string == "WorkHorseDied"
    assert (worker.poll(), health(client)) == (None, well(1))

    worker.kill()
    worker.wait(LAST_RESORT)
    assert health(client) == well(1)
    grow_old(app, "worker")
    status, said = health(client)
    assert (status, said["status"], said["workers"], said["schedule"]) == (503, "unwell", 0, True)


def test_health_says_which_part_is_gone(app, client):
    """Without workers, without a schedule."""
    assert health(client) == (
        503,
        {"status": "unwell", "database": True, "queue": True, "workers": 0, "schedule": False},
    )
    beat_as_schedule(app)
    with app.app_context():
        heartbeats.beat("a", "worker")
        db.session.commit()
        assert health(client) == well(1)
    grow_old(app, "worker")
    assert (health(client)[0], health(client)[1]["workers"]) == (503, 0)
