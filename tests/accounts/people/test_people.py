"""People: one for each address, known by the name they want."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from accounts.people import actions, queries, rules
from accounts.people.models import Person
from backstage.history.models import History
from base.database import db
from base.errors import NotHere, Refused
from tests.waiting import LAST_RESORT


@given(st.text(max_size=120))
def test_tidy_name_has_single_blanks_and_a_limit(name):
    """Whatever was typed; tidying twice changes nothing."""
    tidied = rules.tidy_name(name)
    assert (tidied.strip()[:80], rules.tidy_name(tidied)) == (tidied, tidied)


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("maya.collins@example.org", "Maya Collins"),
        ("maya_jo-collins@example.org", "Maya Jo Collins"),
        ("@example.org", ""),
        ("...@example.org", ""),
    ],
)
def test_name_from_email_is_a_first_guess(address, name):
    """Its owner can change it."""
    assert rules.name_from_email(address) == name


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


def test_change_name_through_the_page(signed_in):
    """The name is everywhere at once."""
    browser = signed_in("maya@example.org", "Maya")
    landed = browser.open("/me/name").press("Save name", **{"Your name": "Maya Collins"})
    assert (landed.url, landed.h1, landed.notices) == (
        "/me",
        "Hello Maya Collins",
        ["Your name has been saved."],
    )


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Enter the name you want others here to see"),
        ("  ", "Enter the name you want others here to see"),
        ("a" * 81, "Use 80 characters or fewer"),
    ],
)
def test_change_name_says_what_is_wrong(signed_in, typed, said):
    """Beside the field; the name stays."""
    browser = signed_in("maya@example.org", "Maya")
    page = browser.open("/me/name").press("Save name", **{"Your name": typed})
    assert (page.status, page.errors) == (422, [said])
    assert browser.open("/me").h1 == "Hello Maya"


def test_make_administrator_stands_in_the_history(db_session):
    """Done from the command line, so by nobody with an account."""
    made = actions.make_administrator("Root@example.org")
    db_session.flush()
    line = db_session.scalars(select(History)).one()
    assert (made.email, made.administrator) == ("root@example.org", True)
    assert (line.person_id, line.scope, line.changes) == (None, "chorus", {"administrator": [False, True]})


def test_names_of_takes_one_query(db_session, person, count_queries):
    """Or none, where nobody is asked for."""
    ada, ben = person("ada@example.org", "Ada"), person("ben@example.org", "Ben")
    ids = [ada.id, ben.id, None, 2_000_000_000]
    with count_queries() as sent:
        names = queries.names_of(ids)
        assert queries.names_of([None]) == {}
    assert (names, sent.count) == ({ids[0]: "Ada", ids[1]: "Ben"}, 1)


def test_person_by_id_of_nobody(db_session):
    """NotHere, which pages show as not found."""
    with pytest.raises(NotHere):
        queries.person_by_id(2_000_000_000)
