"""How many requests one client may make, counted in Redis without saying who."""

from __future__ import annotations

import pytest

from outside import queue
from tests.page import Browser
from tests.website.scratch import send
from website import limits


@pytest.fixture
def small(scratch, monkeypatch):
    """`small({settings})`: an app where three requests a minute are enough, and two mails."""
    monkeypatch.setattr(limits, "EVERYTHING", "3 per minute")
    monkeypatch.setattr(limits, "WRITING_MAIL", "2 per minute")
    return scratch


def statuses(browser, path, times, **how):
    """The statuses of opening a page again and again."""
    return [browser.open(path, **how).status for _ in range(times)]


def test_the_fourth_request_gets_a_page_that_says_wait(small):
    """A page of ours, with a way on; another address is another client."""
    browser = Browser(small().test_client())
    assert statuses(browser, "/sign-in", 4) == [200, 200, 200, 429]
    page = browser.open("/sign-in")
    assert (page.status, page.h1) == (429, "Please wait a moment")
    other = {"environ_overrides": {"REMOTE_ADDR": "192.0.2.7"}}
    assert statuses(browser, "/sign-in", 4, **other) == [200, 200, 200, 429]


def test_health_and_assets_are_not_counted(small):
    """Whoever watches the servers may look as often as they like."""
    browser = Browser(small().test_client())
    assert statuses(browser, "/health", 5) == [503] * 5
    assert statuses(browser, "/static/nothing.css", 5) == [404] * 5


def test_pages_that_write_mail_are_limited_when_they_write(small, monkeypatch):
    """Two posts a minute; looking at the form does not count."""
    monkeypatch.setattr(limits, "EVERYTHING", "1000 per minute")
    browser = Browser(small().test_client())
    statuses(browser, "/sign-in", 5)
    address = {"Email address": "a@example.org"}
    seen = [browser.open("/sign-in").press("Send me a code", **address).status for _ in range(3)]
    assert seen == [200, 200, 429]


def test_keys_in_redis_name_nobody(small):
    """The address is hashed with our secret; the same address gives the same key."""
    browser = Browser(small().test_client())
    statuses(browser, "/sign-in", 2, environ_overrides={"REMOTE_ADDR": "192.0.2.7"})
    keys = [key.decode() for key in queue.connection().scan_iter() if b"chorus" in key]
    assert (len(keys), [key for key in keys if "192.0" in key]) == (1, [])
    assert queue.connection().get(keys[0]) == b"2"


def test_with_redis_away_each_process_counts_for_itself(small, tmp_path):
    """Pages still open, quickly, and the limit still holds."""
    made = small({"redis_url": f"unix://{tmp_path}/nobody.sock?db=0"})
    assert statuses(Browser(made.test_client()), "/sign-in", 4) == [200, 200, 200, 429]


def test_a_page_that_is_not_there_cannot_be_limited(small, monkeypatch):
    """A view that was renamed would lose its limit without a word: no app is made then."""
    monkeypatch.setattr(limits, "MAIL_WRITERS", ("sign_in.gone",))
    with pytest.raises(RuntimeError, match=r"limits sign_in\.gone, which is no endpoint"):
        small()


def test_proxies_are_believed_only_where_they_are_set(small):
    """Without a proxy, X-Forwarded-For is what anybody can write."""
    forged = [{"X-Forwarded-For": f"192.0.2.{number}"} for number in range(4)]
    plain, behind = Browser(small().test_client()), Browser(small({"proxies": 1}).test_client())
    queue.connection().flushdb()
    assert [plain.open("/sign-in", headers=one).status for one in forged] == [200, 200, 200, 429]
    queue.connection().flushdb()
    assert [behind.open("/sign-in", headers=one).status for one in forged] == [200] * 4


def test_a_scratch_view_counts_like_any_other(small):
    """The default limit needs nobody to remember it."""
    app = small()
    assert [send(app, "token").status for _ in range(2)] == [200, 429]
