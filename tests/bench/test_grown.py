"""The data that grows: as much as was asked for, and nothing that Chorus itself would not have made."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import text

from base.database import db
from bench.grown import BASE, TENFOLD, Grown, Size
from bench.world import World
from website.transactions import Chorus

SMALL = Size(entries=100, judges_a_panel=10, registrations=40, sessions=20, lines=30)


class Here(World):
    """The database of the tests, where nothing else runs."""

    def __init__(self, app: Chorus) -> None:
        self.app = app


def one(statement: str) -> Any:
    return db.session.scalar(text(statement))


@pytest.fixture
def grown(app):
    made = Grown(Here(app))
    made.grow(SMALL)
    return made


def test_there_is_as_much_as_was_asked_for(grown, db_session):
    assert [
        one("select count(*) from entry where state = 'submitted'"),
        one("select count(*) from entry where state = 'draft'"),
        one("select count(*) from read"),
        one("select count(*) from judge"),
        one("select count(*) from registration"),
        one("select count(*) from session"),
        one("select count(*) from mail"),
        one("select count(*) from history where what = 'entries.change_title'"),
    ] == [100, 5, 500, 100, 40, 20, 30, 30]


def test_growing_adds_what_is_lacking(grown, db_session):
    grown.grow(SMALL.times(2))
    assert one("select count(*) from entry where state = 'submitted'") == 200
    assert one("select count(*) from judge") == 200
    assert one("select taken from event") == one("select count(*) from registration") == 80
    assert one("select max(taken) from workshop") == 4


def test_counters_are_what_the_rows_say(grown, db_session):
    assert one("select taken from event") == 40
    assert one("select sum(taken) from workshop") == one("select count(*) from workshop_choice") == 40


def test_the_first_judge_reads_the_first_entry_and_every_decided_entry_is_certified(grown, db_session):
    assert one(
        "select read.state from read join entry on entry.id = read.entry_id join judge on judge.id = judge_id"
        " join person on person.id = judge.person_id"
        " where entry.reference = 'GROW-000001' and person.email = 'judge1@category-0.example'"
    ) in ("assigned", "reading")
    assert one("select count(*) from outcome") == one("select count(*) from certificate") == 10


def test_ten_times_is_ten_times_of_everything():
    assert (TENFOLD.entries, TENFOLD.lines, TENFOLD.sessions) == (20_000, 100_000, 500)
    assert BASE.times(1) == BASE
