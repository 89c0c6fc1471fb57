"""What the history keeps, and what it must not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from backstage.history.actions import forget_changes, kept_changes, record
from backstage.history.models import History
from backstage.history.rules import CHANGES_KEPT

NOW = datetime(2026, 9, 17, 9, 30, tzinfo=UTC)
PLAIN = st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=3)


def test_record_writes_who_what_when_and_what_changed(db_session, person, at):
    """Only what is different after than before."""
    at(NOW)
    maya = person("maya@example.org")
    record(maya.id, "schemes.rename", "scheme:3", "scheme:3", {"name": ("Old", "New"), "year": (2026, 2026)})
    db_session.flush()
    line = db_session.scalars(select(History)).one()
    assert (line.at, line.person_id, line.what, line.scope, line.subject, line.changes) == (
        NOW,
        maya.id,
        "schemes.rename",
        "scheme:3",
        "scheme:3",
        {"name": ["Old", "New"]},
    )


def test_record_keeps_that_a_sensitive_field_changed_and_no_value(db_session):
    """Neither what it was nor what it is; one that stayed the same is not named."""
    record(
        None,
        "registration.change_needs",
        "event:1",
        "registration:5",
        {"access": ("none", "hoist"), "diet": ("vegan", "vegan"), "badge_name": ("Ann", "Anna")},
        sensitive=("access", "diet"),
    )
    db_session.flush()
    line = db_session.scalars(select(History)).one()
    assert line.changes == {"access": None, "badge_name": ["Ann", "Anna"]}


@given(
    st.dictionaries(st.sampled_from("abcd"), st.tuples(PLAIN, PLAIN)),
    st.sets(st.sampled_from("abcd")),
)
def test_kept_changes_names_what_changed_and_shows_what_is_not_sensitive(changes, sensitive):
    """For any fields, any values and any of them sensitive."""
    kept = kept_changes(changes, tuple(sensitive))
    assert kept == {
        field: None if field in sensitive else [before, after]
        for field, (before, after) in changes.items()
        if (before, after) != (after, before)
    }


def test_history_stays_when_the_person_goes(db_session, person):
    """Without their name."""
    maya = person("maya@example.org")
    record(maya.id, "people.change_name", "chorus", "person:1")
    db_session.commit()
    db_session.delete(maya)
    db_session.flush()
    db_session.expire_all()
    assert db_session.scalars(select(History.person_id)).all() == [None]


def test_forget_changes_keeps_the_line_and_its_fields(db_session, at):
    """After six years only the values go, and what says nothing is left alone."""
    at(NOW)
    record(None, "set_up.change_event", "event:1", "event:1", {"name": ("A", "B"), "town": (None, "Crewe")})
    record(None, "set_up.add_event", "event:1", "event:1")
    record(None, "needs.change_needs", "event:1", "registration:1", {"needs": ("x", "y")}, ("needs",))
    db_session.flush()
    moment = timedelta(microseconds=1)
    kept = [forget_changes(NOW + CHANGES_KEPT + after) for after in (timedelta(0), moment, moment)]
    db_session.expire_all()
    lines = db_session.execute(select(History.what, History.changes).order_by(History.id)).all()
    assert (kept, [tuple(line) for line in lines]) == (
        [0, 1, 0],
        [
            ("set_up.change_event", {"name": None, "town": None}),
            ("set_up.add_event", {}),
            ("needs.change_needs", {"needs": None}),
        ],
    )
