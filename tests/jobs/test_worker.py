"""A real RQ worker, as a process of its own, on the real Redis and PostgreSQL."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text

from backstage.heartbeats import actions as heartbeats
from backstage.heartbeats import rules
from backstage.heartbeats.models import Heartbeat
from backstage.outbox.models import Mail
from base.database import db
from outside import queue

ROOT = Path(__file__).resolve().parents[2]
WAIT = 30


def until(true, what):
    """Wait for something to become true; what it became."""
    end = time.monotonic() + WAIT
    while not (became := true()):
        assert time.monotonic() < end, f"waited {WAIT} seconds for {what}"
        time.sleep(0.05)
    return became


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
            process = subprocess.Popen(
                [sys.executable, "-m", "jobs.worker"], cwd=ROOT, env=environ, stderr=log, stdout=log
            )
        begun.append(process)
        until(lambda: beats(app) or process.poll() is not None, "the worker's first beat")
        return process

    yield start_worker
    for process in begun:
        process.kill()
        process.wait(10)


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
        }
        found.append(f"{key!r} {readers[kind](key)!r}")
    return "\n".join(found)


def test_a_worker_works_beats_and_finishes_what_it_has_in_hand(app, client, start, tmp_path):
    """From a press in a browser to the sent mail; an emptied Redis; then SIGTERM in the middle of a job."""
    beat_as_schedule(app)
    worker = start()
    first_beat = beats(app)[0]

    client.open("/sign-in").press("Send me a code", **{"Email address": "maya@example.org"})
    until(lambda: mail_states(app) == ["sent"], "the mail to be sent")
    assert health(client) == well(1)

    # Redis forgets everything, the worker's own registration included: rows say who lives, and work goes on.
    queue.connection().flushdb()
    client.open("/sign-in").press("Send me a code", **{"Email address": "ada@example.org"})
    until(lambda: mail_states(app) == ["sent", "sent"], "the second mail to be sent")
    assert health(client) == well(1)

    queue.queue("slow").enqueue("tests.jobs.trial_jobs.take_a_while", str(tmp_path), 4)
    until((tmp_path / "begun").exists, "the long job to begin")
    until(lambda: beats(app)[0] > first_beat, "a beat while the job runs")
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(WAIT) == 0
    assert (tmp_path / "done").read_text() == "done"
    assert beats(app) == []
    assert health(client)[0] == 503


def test_a_failed_job_leaves_the_class_of_its_mistake_only(app, start, tmp_path):
    """Neither Redis nor the log keeps a word of what people wrote."""
    start()
    job = queue.queue("soon").enqueue("tests.jobs.trial_jobs.fail_with_words", 7, failure_ttl=60)
    until(lambda: job.get_status(refresh=True) == "failed", "the job to fail")
    result = until(job.latest_result, "the result")
    assert result.exc_string == "TrialError"
    kept = until(everything_in_redis, "something in Redis")
    assert [word for word in ("maya", "my son", "Traceback") if word in kept] == []
    log = (tmp_path / "log").read_text()
    assert [word for word in ("maya", "my son", "Traceback") if word in log] == []
    assert "tests.jobs.trial_jobs.fail_with_words(7,) failed: TrialError" in log


def test_a_killed_worker_is_missed_and_its_killed_job_does_not_kill_it(
    app, client, start, tmp_path, monkeypatch
):
    """Its forked job is killed: it lives on. It is killed itself: /health says so once its beat is stale."""
    beat_as_schedule(app)
    worker = start()
    job = queue.queue("slow").enqueue("tests.jobs.trial_jobs.take_a_while", str(tmp_path), 60)
    horse = int(until((tmp_path / "begun").exists, "the job to begin") and (tmp_path / "begun").read_text())
    os.kill(horse, signal.SIGKILL)
    until(lambda: job.get_status(refresh=True) == "failed", "the job to be found dead")
    assert until(job.latest_result, "the result").exc_string == "WorkHorseDied"
    assert (worker.poll(), health(client)) == (None, well(1))

    worker.kill()
    worker.wait(WAIT)
    assert health(client) == well(1)
    # The rule is 15 seconds after the last beat, at most 20 after the kill; here it is half a second.
    monkeypatch.setattr(rules, "FRESH", timedelta(seconds=0.5))
    beat_as_schedule(app)
    time.sleep(0.6)
    beat_as_schedule(app)
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
        db.session.execute(text("UPDATE heartbeat SET at = at - interval '16 seconds' WHERE name = 'a'"))
        db.session.commit()
    assert (health(client)[0], health(client)[1]["workers"]) == (503, 0)
