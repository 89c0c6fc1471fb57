"""What is kept about people goes when its time is over, by the action that its column names, and not before.

Every column declared by personal(…) is tried: the world has a value in it; one second before `kept` is over
since the newest such thing nothing is gone, one second after it all is.
"""

from __future__ import annotations

import importlib
from collections import defaultdict
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Select, func, select, text, update

from accounts.people.models import Person
from accounts.sign_in.models import SignInRequest
from awards.schemes.models import Scheme
from backstage.history.models import History
from backstage.outbox.models import Mail
from backstage.uploads.models import Upload
from base.database import Base, Personal, db
from events.set_up.models import Event
from jobs.schedule import WORK
from tests.structure.world import make_world
from website.factory import import_tables
from website.generated import personal_columns

# From when each promise counts: {the words of personal(since=…): the moments in the tables}.
OVER = func.greatest(Scheme.closes_at, Scheme.judging_closes_at, Scheme.shortlist_at, Scheme.winners_at)
SINCE: dict[str, Select] = {
    "after the awards are over": select(OVER),
    "after the event": select(Event.ends_at),
    "after last use": select(Person.used_at),
    "after it was written": select(Mail.written_at),
    "after it was done": select(History.at),
    "after it was asked for": select(SignInRequest.asked_at),
    "after it was uploaded, once no answer holds it": select(Upload.uploaded_at),
}
# What has to have happened before a thing can be forgotten at all.
BEFORE: dict[str, Callable[[], object]] = {
    "backstage.outbox.actions.delete_old_mails": lambda: db.session.execute(
        update(Mail).values(state="failed")
    ),
    "backstage.uploads.actions.delete_unused": lambda: db.session.execute(
        text("update answer set upload_id = null")
    ),
}
# What the world of the walk has no need of.
MORE = """
update entry set nominee = 'Somebody';
update read set conflict = 'A friend';
update judge set lived_experience = true;
insert into earlier_answer (answer_sheet_id, question_id, text, version, written_at)
    select answer_sheet_id, question_id, text, version, written_at from answer where text <> '';
insert into needs (registration_id, access, dietary) select id, 'A ramp', 'Vegan' from registration;
insert into workshop_choice (registration_id, session_id, state, chosen_at)
    select registration.id, session_id, 'cancelled', registered_at from registration, workshop
"""
SECOND = timedelta(seconds=1)


def promises() -> dict[str, list[tuple[str, str, Personal]]]:
    """{the action that forgets: what it forgets, as (table, column, why)}."""
    import_tables()
    found = defaultdict(list)
    for table, column, why in personal_columns():
        found[why.forgotten_by].append((table, column, why))
    return dict(found)


def action_named(name: str) -> Callable[[datetime], object]:
    """The function of a dotted name; raises ImportError or AttributeError."""
    module, _, function = name.rpartition(".")
    found: Callable[[datetime], object] = getattr(importlib.import_module(module), function)
    return found


def values_of(table: str, column: str) -> set[str]:
    """What stands in a column, without what says nothing: empty, false, or only that something changed."""
    found = db.session.scalars(select(Base.metadata.tables[table].c[column]))
    return {
        repr(value)
        for value in found
        if value and not (isinstance(value, dict) and not any(part is not None for part in value.values()))
    }


@pytest.fixture
def world(app, monkeypatch):
    """The world, to be changed and put back."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
    make_world(app)
    with app.app_context():
        yield
        db.session.rollback()


def test_every_promise_is_kept_and_none_too_early(world):
    """Too early, too late, not at all, or nothing to try it with: each is a sentence."""
    wrong = []
    for name, columns in promises().items():
        for kept, since in {(why.kept, why.since) for _, _, why in columns}:
            forgotten = [(t, c) for t, c, why in columns if (why.kept, why.since) == (kept, since)]
            wrong += kept_by(name, kept, since, forgotten)
    assert wrong == [], "\n".join(wrong)


def kept_by(name: str, kept: timedelta, since: str, columns: list[tuple[str, str]]) -> list[str]:
    """What one action does wrong with the columns that it forgets `kept` after `since`, in sentences."""
    wrong = []
    for statement in MORE.split(";"):
        db.session.execute(text(statement))
    BEFORE.get(name, lambda: None)()
    moments = db.session.scalars(SINCE[since]).all()
    there = {column: values_of(*column) for column in columns}
    wrong += [f"give {'.'.join(c)} a value in tests/structure/world.py" for c in columns if not there[c]]
    action_named(name)(min(moments) + kept - SECOND)
    wrong += [f"{name} forgets {'.'.join(c)} too early" for c in columns if values_of(*c) != there[c]]
    action_named(name)(max(moments) + kept + SECOND)
    wrong += [f"{name} does not forget {'.'.join(c)}" for c in columns if values_of(*c) & there[c]]
    db.session.rollback()
    return wrong


def test_the_schedule_does_all_of_it():
    """A promise that nobody carries out is none: the action stands in WORK of jobs/schedule.py."""
    done = {f"{work.do.__module__}.{work.do.__name__}" for work in WORK}
    assert set(promises()) - done == set()
