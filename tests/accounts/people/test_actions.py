"""People: one for each address, known by the name they want."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select

from accounts.people import actions
from accounts.people.models import Person
from backstage.history.models import History
from base.database import db
from base.errors import Refused
from tests.waiting import LAST_RESORT


def test_meet_person_makes_one_person_for_an_address(db_session):
    """However it is written, and the name once given stays."""
    met = [
        actions.meet_person(address, name)
        for address, name in ((" Maya@Example.org", "Maya C"), ("maya@example.org", "Other"))
    ]
    assert ([one.id for one in met], met[0].name) == ([met[0].id] * 2, "Maya C")
    assert db_session.scalar(select(func.count()).select_from(Person)) == 1


def test_meet_person_at_once_makes_one(app):
    """Eight connections at the same moment."""
    barrier = Barrier(8)

    def meet(_):
        with app.app_context():
            barrier.wait(LAST_RESORT)
            person_id = actions.meet_person("maya@example.org").id
            db.session.commit()
            return person_id

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(meet, range(8)))) == 1


def test_change_name_keeps_no_old_name(db_session, person):
    """History says that it changed; a former name may be one that nobody is to know."""
    maya = person("maya@example.org", "Former Name")
    actions.change_name(maya.id, "  Maya   Collins ")
    db_session.flush()
    line = db_session.scalars(select(History)).one()
    assert (maya.name, line.what, line.changes) == ("Maya Collins", "people.change_name", {"name": None})


def test_change_name_needs_a_name(db_session, person):
    """Blanks are none."""
    maya = person("maya@example.org", "Maya")
    with pytest.raises(Refused) as refused:
        actions.change_name(maya.id, " \t ")
    assert (refused.value.field, maya.name) == ("name", "Maya")


def test_make_administrator_stands_in_the_history(db_session):
    """Done from the command line, so by nobody with an account."""
    made = actions.make_administrator("Root@example.org")
    db_session.flush()
    line = db_session.scalars(select(History)).one()
    assert (made.email, made.administrator) == ("root@example.org", True)
    assert (line.person_id, line.scope, line.changes) == (None, "chorus", {"administrator": [False, True]})
