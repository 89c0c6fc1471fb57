"""A real deadlock of two real connections, one of them a page's."""

from __future__ import annotations

from threading import Thread

from sqlalchemy import text

from backstage.heartbeats.actions import beat
from base.database import db
from outside import clock
from tests.waiting import wait_until
from tests.website.scratch import send


def test_a_real_deadlock_is_healed(app, scratch, connections):
    """Two transactions, each with a row that the other wants: the page's is the victim, and then succeeds."""
    with app.app_context():
        for name in ("a", "b"):
            beat(name, "worker")
        db.session.commit()
    other = connections()
    other.execute(text("SET deadlock_timeout = '1h'"))
    touch = "UPDATE heartbeat SET at = now() WHERE name = :name"
    tries = []

    def write():
        tries.append(clock.now())
        db.session.execute(text("SET LOCAL deadlock_timeout = '20ms'"))
        db.session.execute(text(touch), {"name": "a"})
        if len(tries) == 1:
            wait_until_it_waits(app, other_wants_a(other, touch))
        db.session.execute(text(touch), {"name": "b"})
        return "done"

    other.execute(text(touch), {"name": "b"})
    page = send(scratch(write=write), "write")
    assert (page.status, len(tries), len(set(tries))) == (200, 2, 1)


def other_wants_a(other, touch):
    """Let the other connection wait for row a, in a thread of its own, and commit when it gets it."""
    pid = other.scalar(text("SELECT pg_backend_pid()"))

    def want():
        other.execute(text(touch), {"name": "a"})
        other.commit()

    Thread(target=want, daemon=True).start()
    return pid


def wait_until_it_waits(app, pid):
    """Wait until a connection waits for a lock."""
    waits = "SELECT count(*) FROM pg_locks WHERE pid = :pid AND NOT granted"
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as look:
        wait_until(lambda: look.scalar(text(waits), {"pid": pid}), "the other to wait", every=0.005)
