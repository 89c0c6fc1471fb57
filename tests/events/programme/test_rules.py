"""The grid, what is on now, and the sign of what may be printed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.agenda.rules import as_visible
from events.programme import rules
from tests.events.made import EVENT, full, visible
from tests.events.symphony import at

# Sessions of a day that share no room at a time, as the database guarantees.
slots = st.sets(st.tuples(st.integers(9, 15), st.integers(1, 4)), min_size=1, max_size=20)
kinds = st.lists(st.sampled_from(["plenary", "workshop", "break"]), min_size=20, max_size=20)


@given(slots=slots, kinds=kinds, long=st.booleans())
def test_days_cover_every_place_of_the_grid_once(slots, kinds, long):
    sessions = []
    for number, (hour, room) in enumerate(sorted(slots), 1):
        last = hour + (2 if long and (hour + 1, room) not in slots else 1)
        sessions.append(
            visible(
                number, f"{hour}:00", f"{last}:00", room_id=room, room_position=room, kind=kinds[number - 1]
            )
        )
    (day,) = rules.days(sessions, {})
    covered = []
    for number, line in enumerate(day.lines):
        column = 0
        for cell in line.cells:
            while (number, column) in covered:
                column += 1
            covered += [
                (number + down, column + over) for down in range(cell.lines) for over in range(cell.columns)
            ]
            column += cell.columns
    assert sorted(covered) == [
        (line, room) for line in range(len(day.lines)) for room in range(len(day.columns))
    ]
    shown = [cell.session.session_id for line in day.lines for cell in line.cells if cell.session]
    assert sorted(shown) == [one.session_id for one in sessions]


def test_days_let_a_plenary_reach_over_free_rooms_but_not_over_what_is_open():
    sessions = [
        visible(1, "9:00", "10:00", kind="plenary", room_id=1, room_position=1),
        visible(2, "10:00", "11:00", room_id=1, room_position=1),
        visible(3, "10:00", "11:00", room_id=2, room_position=2),
        visible(4, "9:00", "11:00", kind="open", room_id=3, room_position=3),
    ]
    (day,) = rules.days(sessions, {})
    spans = [
        [(cell.session.session_id, cell.lines, cell.columns) for cell in line.cells if cell.session]
        for line in day.lines
    ]
    assert spans == [[(1, 1, 2), (4, 2, 1)], [(2, 1, 1), (3, 1, 1)]]


def test_days_are_parted_by_london_dates():
    tomorrow = replace(
        visible(2), starts_at=at("9:00") + timedelta(days=1), ends_at=at("10:00") + timedelta(days=1)
    )
    assert [len(day.lines) for day in rules.days([visible(1), tomorrow], {})] == [1, 1]


def test_fingerprint_follows_what_can_be_seen_and_nothing_else():
    secret = full(covering_title="A surprise", embargo_until=at("8:30"), about="Forty singers")
    before, after = at("8:00"), at("8:30")

    def sign(session, now):
        return rules.fingerprint(EVENT, [as_visible(session, now)])

    changed = replace(secret, title="Something else", about="", speakers="Another")
    assert sign(changed, before) == sign(secret, before)
    assert sign(secret, after) != sign(secret, before)
    assert sign(changed, after) != sign(secret, after)
    assert sign(replace(secret, taken=5, waiting=2), before) == sign(secret, before)
    assert sign(replace(secret, covering_title="Wait for it"), before) != sign(secret, before)


@pytest.mark.parametrize(
    ("subject", "read"),
    [
        (rules.subject_of(2, "ab12"), (2, "ab12")),
        ("event:2", (2, "")),
        ("scheme:2:x", (0, "")),
        ("event:x:y", (0, "")),
    ],
)
def test_read_subject(subject, read):
    assert rules.read_subject(subject) == read


def test_printable_holds_what_the_fingerprint_follows_and_nothing_else():
    session = visible(taken=3, waiting=1, about="Five people")
    left = rules.printable(session)
    assert {name for name in vars(left) if getattr(left, name) is None} == {
        "taken",
        "waiting",
        "sequence",
        "changed_at",
        "revealed_at",
    }
    assert (left.title, left.about, left.places) == (session.title, "Five people", 10)
    assert rules.fingerprint(rules.printable(EVENT), [left]) == rules.fingerprint(EVENT, [session])
