"""Programs are killed in the middle of things: nothing is lost, nothing made twice, all comes back."""

from __future__ import annotations

import os
import signal
import time
from datetime import timedelta

from redis import Redis

from tests.chaos.conftest import Hurt, Visitor, kill_family

CERTIFICATES = "/awards/ppmh-last-year/organise/certificates"
ALL_MADE = (
    "select count(*) = 45 and bool_and(d.state = 'made')"
    " from certificate c join document d on d.id = c.document_id"
)
EACH_ONCE = (
    "select count(distinct (entry_id, outcome)) = 45 and count(distinct document_id) = 45"
    " and count(*) = 45 from certificate"
)


def test_workers_killed_in_the_middle_of_a_batch_lose_no_certificate(hurt: Hurt, noor: Visitor) -> None:
    hurt.wait_for_health(200)
    noor.send(CERTIFICATES, CERTIFICATES)
    hurt.wait("select count(*) > 0 from document where kind = 'certificate' and state = 'making'")
    for pid in hurt.workers():
        kill_family(pid)
    # A dead worker's claim lasts five minutes, so the demonstration's clock brings the sweep forward.
    hurt.move_clock_on(timedelta(minutes=6))
    hurt.wait(ALL_MADE)
    assert hurt.ask(f"select ({EACH_ONCE})::text") == ["true"]
    # A file kept just before its worker died has no row; the schedule deletes such strays after a day.
    files = {path.name for path in (hurt.chorus.home / "files" / "documents").glob("**/*.pdf")}
    named = hurt.ask("select split_part(storage_name, '/', 2) from document where state = 'made'")
    assert set(named) - files == set()


def test_everybody_behind_the_pages_killed_at_once_loses_no_certificate(hurt: Hurt, noor: Visitor) -> None:
    hurt.wait_for_health(200)
    noor.send(CERTIFICATES, CERTIFICATES)
    hurt.wait("select count(*) > 0 from document where kind = 'certificate' and state = 'making'")
    before = hurt.pid("jobs")
    hurt.kill("jobs")
    hurt.move_clock_on(timedelta(minutes=6))
    hurt.wait(ALL_MADE)
    assert hurt.ask(f"select ({EACH_ONCE})::text") == ["true"]
    assert hurt.pid("jobs") != before


def test_health_tells_within_20_seconds_that_the_workers_are_gone(hurt: Hurt) -> None:
    hurt.wait_for_health(200)
    stopped = hurt.workers()
    # Stopped, not killed: new ones would be begun at once.
    for pid in stopped:
        os.kill(pid, signal.SIGSTOP)
    try:
        assert hurt.wait_for_health(503) <= 20
    finally:
        for pid in stopped:
            os.kill(pid, signal.SIGCONT)
    assert hurt.wait_for_health(200) <= 20


def test_an_emptied_queue_loses_no_certificate(hurt: Hurt, noor: Visitor) -> None:
    hurt.wait_for_health(200)
    redis = Redis.from_url(str(hurt.running["redis_url"]))
    noor.send(CERTIFICATES, CERTIFICATES)
    redis.flushall()
    redis.close()
    time.sleep(2)
    hurt.move_clock_on(timedelta(minutes=6))
    hurt.wait(ALL_MADE)
    assert hurt.ask(f"select ({EACH_ONCE})::text") == ["true"]
    assert hurt.wait_for_health(200) <= 20


def test_a_killed_queue_fails_no_page_and_comes_back(hurt: Hurt, noor: Visitor) -> None:
    hurt.wait_for_health(200)
    hurt.kill("redis")
    page = noor.send("/me/name", "/me/name", name="Noor H")
    assert "Hello Noor H" in page
    hurt.wait_for_health(200)


def test_a_killed_database_keeps_what_was_saved_and_comes_back(hurt: Hurt, noor: Visitor) -> None:
    hurt.wait_for_health(200)
    noor.send("/me/name", "/me/name", name="Noor before the crash")
    hurt.kill("postgres")
    hurt.wait_for_health(200)
    assert "Hello Noor before the crash" in noor.open("/me")
