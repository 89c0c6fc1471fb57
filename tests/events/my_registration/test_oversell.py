"""Places cannot be oversold, and the proof that this test would notice: a control that has no guard.

Both run 32 real connections, each in a thread and transaction of its own, at a workshop of 20 places. The
control reads, meets the others at a barrier, and writes what it has worked out, on a copy of the tables in a
schema of its own: without the row lock and the constraint it oversells every time.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select, text

from backstage.outbox.models import Mail
from base.database import db
from events.agenda.actions import change_session
from events.agenda.models import Workshop
from events.my_registration.actions import cancel_registration, register
from events.places.rules import Place, Position
from events.registration.models import Registration, WorkshopChoice
from events.registration.rules import Details
from tests.events.registration.people import check_counters, token
from tests.events.symphony import SLUG, plan_of
from tests.waiting import LAST_RESORT
from website.transactions import commit, roll_back

PEOPLE, PLACES = 32, 20
TITLE = "Trans identity at work"


def at_once(app, many: int, do: Callable[[int], object]) -> list[Any]:
    """Do something in `many` threads that start together, each with a connection of its own; gives what each
    gave.
    """
    barrier = threading.Barrier(many)
    gave: list[Any] = [None] * many

    def one(number: int) -> None:
        with app.app_context():
            try:
                db.session.execute(text("select 1"))
                barrier.wait(LAST_RESORT)
                gave[number] = do(number)
                commit()
            except Exception as error:  # noqa: BLE001 - whatever it is, the test looks at it
                gave[number] = error
                roll_back()

    threads = [threading.Thread(target=one, args=(number,)) for number in range(many)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LAST_RESORT)
    return gave


@pytest.fixture
def wide_pool(app, monkeypatch):
    """Connections for everybody at once, as two web processes and their threads would never have."""
    with app.app_context():
        pool = db.engine.pool
        monkeypatch.setattr(pool, "_max_overflow", PEOPLE)


@pytest.mark.usefixtures("wide_pool")
def test_32_connections_at_20_places_sell_20(symphony, db_session, app):
    session = symphony.sessions[TITLE]
    gave = at_once(app, PEOPLE, lambda one: register(SLUG, f"p{one}@example.org", Details(), [session]))
    assert [error for error in gave if isinstance(error, Exception)] == []
    standings = Counter(registered.workshops[0][1] for registered in gave)
    in_line = [Position(number) for number in range(1, PEOPLE - PLACES + 1)]
    assert standings == Counter([Place()] * PLACES) + Counter(in_line)
    db_session.expire_all()
    workshop = db_session.get(Workshop, session)
    states = Counter(db_session.scalars(select(WorkshopChoice.state)).all())
    assert (workshop.taken, workshop.waiting) == (PLACES, PEOPLE - PLACES)
    assert states == {"placed": PLACES, "waiting": PEOPLE - PLACES}
    assert len(db_session.scalars(select(Mail.id)).all()) == PEOPLE
    check_counters(symphony.event_id)


@pytest.mark.usefixtures("wide_pool")
def test_the_same_address_from_32_windows_is_one_registration(symphony, db_session, app):
    session = symphony.sessions[TITLE]
    gave = at_once(app, PEOPLE, lambda one: register(SLUG, "ada@example.org", Details("Ada"), [session]))
    assert [error for error in gave if isinstance(error, Exception)] == []
    assert len(db_session.scalars(select(Registration.id)).all()) == 1
    check_counters(symphony.event_id)


@pytest.mark.usefixtures("wide_pool")
def test_coming_and_going_at_once_never_loses_a_place(symphony, db_session, app):
    session = symphony.sessions[TITLE]
    for one in range(PEOPLE):
        register(SLUG, f"p{one}@example.org", Details(), [session])
    db_session.commit()
    links = [token(f"p{one}") for one in range(PEOPLE)]
    more = plan_of(symphony, TITLE, places=22)

    def come_or_go(one: int) -> None:
        if one == 0:
            change_session(None, SLUG, session, more)
        elif one % 2:
            cancel_registration(links[one])
        else:
            register(SLUG, f"new{one}@example.org", Details(), [session])

    gave = at_once(app, PEOPLE, come_or_go)
    assert [error for error in gave if isinstance(error, Exception)] == []
    db_session.expire_all()
    check_counters(symphony.event_id)
    workshop = db_session.get(Workshop, session)
    assert (workshop.taken, workshop.waiting > 0) == (22, True)


@pytest.fixture
def unguarded(app, symphony, db_session):
    """A copy of the workshop's row in a schema of its own, without constraint, used without lock."""
    session = symphony.sessions[TITLE]
    with db.engine.begin() as connection:
        connection.execute(text("DROP SCHEMA IF EXISTS unguarded CASCADE"))
        connection.execute(text("CREATE SCHEMA unguarded"))
        connection.execute(
            text("CREATE TABLE unguarded.workshop AS SELECT * FROM workshop WHERE session_id = :id"),
            {"id": session},
        )
        connection.execute(text("CREATE TABLE unguarded.workshop_choice (person int, state text)"))
    yield session
    with db.engine.begin() as connection:
        connection.execute(text("DROP SCHEMA unguarded CASCADE"))


@pytest.mark.usefixtures("wide_pool")
@pytest.mark.parametrize("run", range(3))
def test_control_without_lock_and_constraint_oversells_every_time(app, unguarded, run):
    everybody_has_read = threading.Barrier(PEOPLE)

    def book(one: int) -> bool:
        connection = db.session.connection()
        taken, places = connection.execute(text("SELECT taken, places FROM unguarded.workshop")).one()
        everybody_has_read.wait(LAST_RESORT)
        if taken >= places:
            return False
        connection.execute(text("UPDATE unguarded.workshop SET taken = :taken"), {"taken": taken + 1})
        connection.execute(
            text("INSERT INTO unguarded.workshop_choice VALUES (:one, 'placed')"), {"one": one}
        )
        return True

    gave = at_once(app, PEOPLE, book)
    assert gave == [True] * PEOPLE
    with app.app_context():
        sold = db.session.scalar(text("SELECT count(*) FROM unguarded.workshop_choice"))
        taken, places = db.session.execute(text("SELECT taken, places FROM unguarded.workshop")).one()
    assert (sold, places) == (PEOPLE, PLACES)
    assert taken != sold
