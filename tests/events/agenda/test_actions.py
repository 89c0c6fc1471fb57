"""Adding, moving, changing and removing sessions, on PostgreSQL."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from backstage.history.models import History
from base.errors import NotHere, Refused
from events.agenda import actions, queries, rules
from events.agenda.models import Workshop
from events.agenda.rules import Plan
from events.set_up.queries import event_facts
from outside import clock
from tests.events.symphony import SECRET_TITLE, SECRETS, SLUG, at, plan_of


def shown(symphony, title: str):
    """What everybody sees of a session now."""
    return queries.visible_session(symphony.event_id, symphony.sessions[title], clock.now())


def test_add_session_refuses_a_room_that_is_taken_and_names_what_is_there(symphony, db_session):
    clashing = Plan("Yoga", "break", symphony.rooms["Studio"], at("11:30"), at("12:30"))
    with pytest.raises(Refused) as no:
        actions.add_session(None, SLUG, clashing)
    assert no.value.field == "room_id"
    assert no.value.why.startswith("“Talking about suicide” is in Studio from 11am to midday.")


def test_add_session_right_after_another_in_the_same_room(symphony, db_session):
    after = Plan("Yoga", "break", symphony.rooms["Studio"], at("12:00"), at("12:30"))
    assert actions.add_session(None, SLUG, after).id


def test_the_database_refuses_a_clash_that_the_rules_let_through(symphony, db_session, monkeypatch):
    monkeypatch.setattr(rules, "why_not_there", lambda *_: None)
    clashing = Plan("Yoga", "break", symphony.rooms["Studio"], at("11:30"), at("12:30"))
    with pytest.raises(Refused) as no:
        actions.add_session(None, SLUG, clashing)
    assert (no.value.why, no.value.field) == (rules.IN_THE_WAY.why, "room_id")
    moved = plan_of(
        symphony, "Tea", room_id=symphony.rooms["Studio"], starts_at=at("11:30"), ends_at=at("11:40")
    )
    with pytest.raises(Refused) as no:
        actions.change_session(None, SLUG, symphony.sessions["Tea"], moved)
    assert no.value.why == rules.IN_THE_WAY.why
    assert shown(symphony, "Tea").room == "Main hall"


def test_add_session_in_a_room_of_another_event_is_not_here(symphony, db_session):
    with pytest.raises(NotHere):
        actions.add_session(None, SLUG, Plan("Yoga", "break", 999_999, at("12:00"), at("12:30")))


def test_change_session_moves_it_and_calendars_hear_of_it(symphony, db_session):
    title = "Carers in conversation"
    moved = plan_of(symphony, title, room_id=symphony.rooms["Main hall"], starts_at=at("14:05"))
    actions.change_session(None, SLUG, symphony.sessions[title], moved)
    one = shown(symphony, title)
    assert (one.room, one.starts_at, one.sequence, one.changed_at) == (
        "Main hall",
        at("14:05"),
        1,
        clock.now(),
    )


def test_change_session_to_the_same_changes_nothing_for_calendars(symphony, db_session):
    actions.change_session(None, SLUG, symphony.sessions["Tea"], plan_of(symphony, "Tea"))
    assert shown(symphony, "Tea").sequence == 0


def test_change_of_what_is_hidden_is_seen_nowhere_before_the_hour(symphony, db_session, at):
    session = symphony.sessions[SECRET_TITLE]
    before = shown(symphony, SECRET_TITLE)
    changed = plan_of(symphony, SECRET_TITLE, title="A brass band", speakers="Twelve players")
    actions.change_session(None, SLUG, session, changed)
    assert shown(symphony, SECRET_TITLE) == before
    at(changed.embargo_until)
    after = shown(symphony, SECRET_TITLE)
    assert (after.title, after.sequence, after.changed_at) == (
        "A brass band",
        before.sequence + 1,
        changed.embargo_until,
    )


def test_history_says_that_a_surprise_changed_but_not_what_it_is(symphony, db_session):
    changed = plan_of(symphony, SECRET_TITLE, about="Now eighty singers from Xanadu wards")
    actions.change_session(None, SLUG, symphony.sessions[SECRET_TITLE], changed)
    db_session.flush()
    written = str([line.changes for line in db_session.scalars(select(History))])
    assert [secret for secret in SECRETS if secret in written] == []
    newest = db_session.scalars(select(History).order_by(History.id.desc()).limit(1)).one()
    assert newest.changes == {"about": None}


def test_change_session_refuses_fewer_places_than_are_taken(symphony, db_session):
    title = "Trans identity at work"
    db_session.get(Workshop, symphony.sessions[title]).taken = 3
    db_session.flush()
    with pytest.raises(Refused) as no:
        actions.change_session(None, SLUG, symphony.sessions[title], plan_of(symphony, title, places=2))
    assert no.value.field == "places"
    changed = plan_of(symphony, title, kind="plenary", places=None)
    with pytest.raises(Refused) as no:
        actions.change_session(None, SLUG, symphony.sessions[title], changed)
    assert no.value.field == "kind"


def test_change_session_makes_and_ends_a_workshop(symphony, db_session):
    as_workshop = plan_of(symphony, "Tea", kind="workshop", places=7)
    actions.change_session(None, SLUG, symphony.sessions["Tea"], as_workshop)
    assert shown(symphony, "Tea").places == 7
    actions.change_session(None, SLUG, symphony.sessions["Tea"], plan_of(symphony, "Tea"))
    assert shown(symphony, "Tea").places is None


def test_remove_session_that_nobody_chose(symphony, db_session):
    actions.remove_session(None, SLUG, symphony.sessions["Tea"])
    with pytest.raises(NotHere):
        shown(symphony, "Tea")


def test_remove_session_refuses_where_people_chose_it(symphony, db_session):
    title = "Trans identity at work"
    db_session.get(Workshop, symphony.sessions[title]).waiting = 1
    db_session.flush()
    with pytest.raises(Refused, match="1 person has chosen"):
        actions.remove_session(None, SLUG, symphony.sessions[title])


def test_every_change_of_the_agenda_raises_the_events_version(symphony, db_session):
    versions = [event_facts(SLUG).version]
    added = actions.add_session(
        None, SLUG, Plan("Yoga", "break", symphony.rooms["Studio"], at("12:00"), at("12:30"))
    )
    versions.append(event_facts(SLUG).version)
    actions.change_session(None, SLUG, symphony.sessions["Tea"], plan_of(symphony, "Tea", about="Cake"))
    versions.append(event_facts(SLUG).version)
    actions.remove_session(None, SLUG, added.id)
    versions.append(event_facts(SLUG).version)
    assert versions == list(range(versions[0], versions[0] + 4))
