"""One transaction a request: committed after the view, undone on any error, read only for a GET."""

from __future__ import annotations

import dataclasses
import io
from datetime import timedelta
from typing import Any

import pytest
from flask import flash, g, redirect, request, session
from sqlalchemy import select, text
from sqlalchemy.exc import InternalError, OperationalError

from backstage.heartbeats.actions import beat
from backstage.heartbeats.models import Heartbeat
from backstage.outbox.actions import post, sweep_mails
from backstage.outbox.messages import Message
from backstage.outbox.models import Mail
from base import settings
from base.database import db
from base.errors import NotHere, Refusal, Refused
from jobs.step import step
from outside import clock, queue
from tests.page import Browser
from tests.website.scratch import send

HELLO = Message("maya@example.org", "Hello", "sign_in/code_and_link", {"code": "1", "link": "/"})


def names(app):
    """The names in the heartbeat table, which scratch views write into."""
    with app.app_context():
        return db.session.scalars(select(Heartbeat.name).order_by(Heartbeat.name)).all()


def waiting():
    """The arguments of every job in Redis."""
    return [list(job.args) for job in queue.queue("soon").get_jobs()]


def raise_in_database(state):
    """Make the database itself fail with this SQLSTATE."""
    db.session.execute(text(f"DO $$ BEGIN RAISE EXCEPTION 'trial' USING ERRCODE = '{state}'; END $$"))


def test_a_view_is_committed_after_it_has_answered(app, scratch):
    """Inside the view nobody else sees the row; afterwards everybody does."""
    seen = []

    def write():
        beat("written", "worker")
        db.session.flush()
        with db.engine.connect() as other:
            seen.append(other.scalar(text("SELECT count(*) FROM heartbeat")))
        return "done"

    assert send(scratch(write=write), "write").status == 200
    assert (seen, names(app)) == ([0], ["written"])


@pytest.mark.parametrize(
    ("error", "status"),
    [(Refused(Refusal("No more places")), 409), (NotHere(), 404), (OSError("broken"), None)],
)
def test_an_error_undoes_everything(app, scratch, error, status):
    """Rows and handed-over work, whatever the answer is."""

    def fail():
        beat("written", "worker")
        post(HELLO)
        raise error

    if status is None:
        with pytest.raises(OSError, match="broken"):
            send(scratch(fail=fail), "fail")
    else:
        assert send(scratch(fail=fail), "fail").status == status
    assert (names(app), waiting()) == ([], [])


def test_an_error_page_with_a_form_is_committed(app, scratch):
    """422 is an answer like any other: a counted wrong try stays counted."""

    def count():
        beat("counted", "worker")
        return "wrong", 422

    assert (send(scratch(count=count), "count").status, names(app)) == (422, ["counted"])


def test_a_get_that_writes_fails(app, scratch):
    """PostgreSQL itself refuses: the transaction is READ ONLY."""

    def write():
        beat("written", "worker")
        return "done"

    made = scratch(write=write)
    with pytest.raises(InternalError, match="read-only transaction"):
        Browser(made.test_client()).open("/scratch/write")
    assert names(app) == []


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_reading_methods_are_read_only(scratch, method):
    """And nothing else is; the isolation is READ COMMITTED everywhere."""
    seen = []

    def look():
        asked = [text(f"SHOW transaction_{what}") for what in ("read_only", "isolation")]
        seen.append(" ".join(db.session.scalars(one).one() for one in asked))
        return "done"

    made = scratch(look=look)
    if method == "POST":
        send(made, "look")
    else:
        made.test_client().open("/scratch/look", method=method)
    assert seen == ["off read committed" if method == "POST" else "on read committed"]


def test_work_reaches_redis_after_the_commit_only(scratch):
    """A worker that is quick as lightning finds the row."""
    seen = []

    def write():
        post(HELLO)
        seen.append(waiting())
        return "done"

    made = scratch(write=write)
    send(made, "write")
    with made.app_context():
        ids = db.session.scalars(select(Mail.id)).all()
    assert (seen, waiting()) == ([[]], [[one] for one in ids])


def test_with_redis_away_the_page_still_succeeds_and_the_row_is_swept(
    app, jobs_app, scratch, test_settings, tmp_path
):
    """When Redis is back the schedule hands the mail over."""

    def write():
        post(HELLO)
        post(HELLO)
        return redirect("/sign-in", 303)

    made = scratch(write=write)
    settings.use(dataclasses.replace(test_settings, redis_url=f"unix://{tmp_path}/nobody.sock?db=0"))
    page = send(made, "write")
    assert page.url == "/sign-in"
    settings.use(test_settings)
    assert waiting() == []
    with step():
        sweep_mails(clock.now() + timedelta(minutes=1, seconds=1))
    assert [len(ids) for ids in waiting()] == [2]


@pytest.mark.parametrize("state", ["40001", "40P01"])
def test_what_the_database_asks_to_try_again_is_tried_again(app, scratch, state):
    """The same time, uploads rewound, session and notices as they came, nothing of the first try left."""
    tries: list[tuple[Any, ...]] = []

    def write():
        number = len(tries)
        tries.append((clock.now(), request.files["file"].read(), dict(session), "remembered" in g))
        session["number"] = number
        session.pop("device", None)
        flash(f"try {number}")
        beat(f"try {number}", "worker")
        post(HELLO)
        if number < 2:
            raise_in_database(state)
        return "done"

    made = scratch(write=write)
    browser = Browser(made.test_client())
    browser.open("/scratch/token")
    with browser.client.session_transaction() as cookie:
        cookie["device"] = "kept"
    page = send(made, "write", browser, file=(io.BytesIO(b"content"), "a.txt"))
    with browser.client.session_transaction() as cookie:
        kept = {name: value for name, value in cookie.items() if name != "csrf_token"}
    first_now, content, came_with, _ = tries[0]
    assert (page.status, tries, content) == (200, [tries[0]] * 3, b"content")
    assert (came_with["device"], kept) == ("kept", {"number": 2, "_flashes": [("message", "try 2")]})
    assert (names(app), len(waiting()), first_now.utcoffset() is not None) == (["try 2"], 1, True)


def test_it_is_tried_three_times_and_then_said(app, scratch):
    """A page that says to try again, not a stack trace; nothing is written."""
    tries = []

    def write():
        tries.append(1)
        beat("written", "worker")
        raise_in_database("40P01")

    page = send(scratch(write=write), "write")
    assert (page.status, len(tries), names(app)) == (503, 3, [])


def test_what_cannot_get_better_is_not_tried_again(app, scratch):
    """A lock waited for too long, a value that no column holds."""
    tries = []

    def locked():
        tries.append("locked")
        raise_in_database("55P03")

    def too_large():
        tries.append("too large")
        db.session.scalar(text("SELECT CAST(:number AS integer)"), {"number": 2**40})

    made = scratch(locked=locked, too_large=too_large)
    assert [send(made, "locked").status, send(made, "too_large").status] == [503, 400]
    assert tries == ["locked", "too large"]


def test_a_lost_connection_is_tried_again(app, scratch):
    """A database that was started anew costs nobody an error."""
    tries = []

    def write():
        tries.append(1)
        beat(f"try {len(tries)}", "worker")
        db.session.flush()
        if len(tries) == 1:
            db.session.scalar(text("SELECT pg_terminate_backend(pg_backend_pid())"))
        return "done"

    assert (send(scratch(write=write), "write").status, len(tries), names(app)) == (200, 2, ["try 2"])


def test_a_database_that_is_away_is_said(scratch):
    """503, with a way on."""

    def away():
        raise OperationalError("SELECT 1", {}, Exception("server closed the connection"))

    page = send(scratch(away=away), "away")
    assert (page.status, page.headers["Cache-Control"]) == (503, "private, no-cache")


def test_a_connection_lost_while_committing_is_not_tried_again(app, scratch, monkeypatch):
    """It may have been committed: doing it twice would be worse than saying so."""
    tries = []

    def write():
        tries.append(1)
        return "done"

    def lost():
        raise OperationalError("COMMIT", {}, Exception("gone"), connection_invalidated=True)

    made = scratch(write=write)
    browser = Browser(made.test_client())
    token = browser.open("/scratch/token").body.decode()
    monkeypatch.setattr("website.transactions.commit", lost)
    assert (browser.send("/scratch/write", {"csrf_token": token}).status, len(tries)) == (503, 1)
