"""What signing in leaves in the tables, and what many at once may do."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy import func, select

from accounts.sign_in import actions
from accounts.sign_in.models import Device, SignInRequest
from backstage.history.models import History
from base.database import db
from base.errors import Refused
from tests.accounts.sign_in.asking import letters
from tests.waiting import LAST_RESORT

NOW = datetime(2026, 9, 17, 9, 30, tzinfo=UTC)


def test_delete_old_requests_deletes_what_is_older_than_a_day(db_session, at):
    """Requests go after a day, devices 30 days after they expired."""
    at(NOW)
    reference = actions.ask_to_sign_in("maya@example.org")
    db_session.flush()
    actions.use_code([reference], letters_code(db_session))
    db_session.flush()
    day, moment = timedelta(days=1), timedelta(microseconds=1)
    counted = []
    for when in (NOW + day, NOW + day + moment, NOW + 60 * day, NOW + 60 * day + moment):
        deleted = actions.delete_old_requests(when)
        left = db_session.execute(
            select(
                select(func.count()).select_from(SignInRequest).scalar_subquery(),
                select(func.count()).select_from(Device).scalar_subquery(),
            )
        ).one()
        counted.append((deleted, *left))
    assert counted == [(0, 1, 1), (1, 0, 1), (0, 0, 1), (1, 0, 0)]


def letters_code(session):
    """The code of the newest mail in this transaction."""
    from backstage.outbox.models import Mail

    return str(session.scalars(select(Mail).order_by(Mail.id.desc())).first().values["code"])


def test_signing_in_and_out_stands_in_the_history(db_session):
    """Who, what and when; no code, no token."""
    reference = actions.ask_to_sign_in("maya@example.org")
    device, _ = actions.use_code([reference], letters_code(db_session))
    person_id = db_session.scalars(select(Device.person_id)).one()
    actions.sign_out(person_id, device)
    db_session.flush()
    lines = db_session.execute(
        select(History.what, History.person_id, History.scope, History.changes).order_by(History.id)
    ).all()
    mine = f"person:{person_id}"
    assert [tuple(line) for line in lines] == [
        ("sign_in.use_code", person_id, mine, {}),
        ("sign_in.sign_out", person_id, mine, {}),
    ]


def test_wrong_codes_from_many_browsers_at_once_are_all_counted(app):
    """Twelve browsers try at the same moment, each with its own request: twelve tries, not fewer."""
    count = 12
    with app.app_context():
        references = [actions.ask_to_sign_in("maya@example.org") for _ in range(count)]
        db.session.commit()
    right = {one.code.replace(" ", "") for one in letters(app)}
    wrong = next(code for code in (f"{number:06d}" for number in range(100)) if code not in right)
    barrier = Barrier(count)

    def try_it(reference: str) -> str:
        with app.app_context():
            barrier.wait(LAST_RESORT)
            with pytest.raises(Refused) as refused:
                actions.use_code([reference], wrong)
            db.session.commit()
            return refused.value.why

    with app.app_context():
        # Ten connections are in the pool; the barrier is passed before any of them is taken.
        with ThreadPoolExecutor(count) as pool:
            said = list(pool.map(try_it, references))
        tries = db.session.scalar(select(func.sum(SignInRequest.attempts)))
    assert (set(said), tries) == (
        {"That code is not right, or it has expired. Check it, or ask for a new one"},
        12,
    )


def test_no_more_than_fifteen_of_many_tries_at_once_are_looked_at(app):
    """Twenty at once: fifteen are tried, five are refused whatever they say."""
    count = 20
    with app.app_context():
        references = [actions.ask_to_sign_in("maya@example.org") for _ in range(count)]
        db.session.commit()
    barrier = Barrier(count)

    def try_it(reference: str) -> str:
        with app.app_context():
            barrier.wait(LAST_RESORT)
            with pytest.raises(Refused) as refused:
                actions.use_code([reference], "not digits")
            db.session.commit()
            return refused.value.why

    with ThreadPoolExecutor(count) as pool:
        said = sorted(pool.map(try_it, references))
    locked = "Too many wrong codes. Use the button in the email instead, or wait an hour"
    wrong = "That code is not right, or it has expired. Check it, or ask for a new one"
    assert said == [wrong] * 15 + [locked] * 5
