"""What the history keeps, and what it must not."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from backstage.history.actions import kept_changes, record
from backstage.history.models import History
from backstage.history.queries import history_of

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


def test_history_of_shows_one_scope_newest_first_page_by_page(db_session):
    """The lines of other schemes are not there; the next page begins below the last line seen."""
    for number in range(5):
        record(None, f"x.number_{number}", "scheme:1", "scheme:1")
        record(None, f"x.other_{number}", "scheme:11", "scheme:11")
        db_session.flush()
    first = history_of("scheme:1", most=3)
    second = history_of("scheme:1", before=first[-1].id, most=3)
    assert [line.what for line in first] == ["x.number_4", "x.number_3", "x.number_2"]
    assert [line.what for line in second] == ["x.number_1", "x.number_0"]


def test_history_stays_when_the_person_goes(db_session, person):
    """Without their name."""
    maya = person("maya@example.org")
    record(maya.id, "people.change_name", "chorus", "person:1")
    db_session.commit()
    db_session.delete(maya)
    db_session.flush()
    db_session.expire_all()
    assert db_session.scalars(select(History.person_id)).all() == [None]
