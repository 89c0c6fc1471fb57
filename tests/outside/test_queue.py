"""The queue: names and ids as JSON, and a Redis that may be away."""

from __future__ import annotations

import dataclasses
import json
import socketserver
import threading
import zlib
from typing import Any

import pytest

from base import settings
from outside import queue


@pytest.fixture
def away(app, test_settings, tmp_path):
    """A Redis that hangs up on everybody; gives the list of who tried."""
    tries = []

    class HangUp(socketserver.BaseRequestHandler):
        def handle(self):
            tries.append(self.client_address)

    with socketserver.UnixStreamServer(str(tmp_path / "nobody.sock"), HangUp) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        settings.use(dataclasses.replace(test_settings, redis_url=f"unix://{tmp_path}/nobody.sock?db=0"))
        yield tries
        settings.use(test_settings)
        server.shutdown()
        thread.join()


def waiting(name):
    """(function, arguments) of every job in a queue, oldest first."""
    return [(job.func_name, list(job.args)) for job in queue.queue(name).get_jobs()]


def test_enqueue_puts_documents_and_the_rest_into_their_queues(app):
    """So that a sign-in code never waits for a thousand certificates."""
    assert queue.enqueue("jobs.mail.send_mails", 1)
    assert queue.enqueue("jobs.documents.make_certificates", 2, 3)
    assert {name: waiting(name) for name in queue.QUEUES} == {
        "soon": [("jobs.mail.send_mails", [1])],
        "slow": [("jobs.documents.make_certificates", [2, 3])],
    }


def test_a_job_in_redis_is_a_name_and_ids(app):
    """JSON, never pickle: whoever can write to Redis cannot run code here."""
    queue.enqueue("jobs.mail.send_mails", 7)
    [job] = queue.queue("soon").get_jobs()
    data: Any = queue.connection().hget(f"rq:job:{job.id}", "data")
    assert json.loads(zlib.decompress(data)) == ["jobs.mail.send_mails", None, [7], {}]


def test_enqueue_all_keeps_the_order_and_lets_mails_go_together(app):
    """25 at most in one job; other work is given as it was handed over."""
    mails = [("jobs.mail.send_mails", (number,)) for number in range(60)]
    programme = ("jobs.documents.make_programme", (7,))
    queue.enqueue_all([*mails[:51], programme, programme, *mails[51:]])
    batches = [range(25), range(25, 50), range(50, 51), range(51, 60)]
    assert waiting("soon") == [("jobs.mail.send_mails", list(batch)) for batch in batches]
    assert waiting("slow") == [("jobs.documents.make_programme", [7])] * 2


def test_with_redis_away_nothing_is_raised_and_nobody_waits(away, monkeypatch):
    """The rows are swept later; a hundred mails cost no more tries than one, and no pause between them."""
    pauses: list[float] = []
    monkeypatch.setattr("redis.retry.sleep", pauses.append)
    assert queue.enqueue("jobs.mail.send_mails", 1) is False
    for_one = len(away)
    assert for_one > 0
    assert queue.answers() is False
    away.clear()
    queue.enqueue_all([("jobs.mail.send_mails", (number,)) for number in range(100)])
    assert (len(away), pauses) == (for_one, [])


def test_answers(app):
    """What /health asks."""
    assert queue.answers() is True
