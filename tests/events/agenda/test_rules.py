"""What an embargo hides, what calendars are told, and what a session may be."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from base.errors import Refusal
from events.agenda import rules
from events.agenda.rules import as_visible
from tests.events.made import full, plan, visible
from tests.events.symphony import SECRETS, at

HOUR = at("13:00")
SECRET = full(
    kind="plenary",
    starts="13:15",
    ends="14:00",
    title=SECRETS[0],
    speakers=SECRETS[1],
    about=SECRETS[2],
    content_note=SECRETS[3],
    support=SECRETS[4],
    covering_title="A surprise",
    embargo_until=HOUR,
)
moments = st.integers(-48 * 60, 48 * 60).map(lambda minutes: HOUR + timedelta(minutes=minutes))
words = st.text("abcdefgh ", min_size=1, max_size=8)


@given(now=moments)
def test_as_visible_hides_everything_until_the_hour_and_nothing_from_it_on(now):
    said = str(asdict(as_visible(SECRET, now)))
    assert [secret in said for secret in SECRETS] == [now >= HOUR] * len(SECRETS)
    assert ("A surprise" in said) == (now < HOUR)


@pytest.mark.parametrize(
    ("minutes", "title"),
    [(-1, "A surprise"), (0, "The choir of hidden voices"), (1, "The choir of hidden voices")],
)
def test_as_visible_changes_at_the_hour_itself(minutes, title):
    assert as_visible(SECRET, HOUR + timedelta(minutes=minutes)).title == title


@pytest.mark.parametrize(
    ("embargo", "changed", "now", "shown"),
    [
        (None, "8:00", "12:00", "8:00"),
        ("9:00", "8:00", "8:59", "8:00"),
        ("9:00", "8:00", "9:00", "9:00"),
        ("9:00", "8:00", "12:00", "9:00"),
        ("9:00", "10:00", "12:00", "10:00"),
    ],
)
def test_as_visible_changed_when_the_embargo_ended_or_when_it_was_changed_after_that(
    embargo, changed, now, shown
):
    session = replace(SECRET, embargo_until=embargo and at(embargo), changed_at=at(changed))
    assert as_visible(session, at(now)).changed_at == at(shown)


@pytest.mark.parametrize(
    ("embargo", "now", "shown"),
    [(None, "9:00", 4), ("9:00", "8:59", 4), ("9:00", "9:00", 5), ("9:00", "9:01", 5)],
)
def test_as_visible_counts_the_end_of_an_embargo_once(embargo, now, shown):
    session = replace(SECRET, embargo_until=embargo and at(embargo), sequence=4)
    assert as_visible(session, at(now)).sequence == shown


def test_as_visible_keeps_what_an_embargo_does_not_hide():
    session = replace(SECRET, places=9, taken=3, waiting=2)
    seen = as_visible(session, HOUR - timedelta(hours=1))
    kept = {name: getattr(session, name) for name in vars(seen) if hasattr(session, name)}
    covered = {"title": "A surprise", "about": "", "speakers": "", "content_note": "", "support": ""}
    assert vars(seen) == kept | covered | {"revealed_at": HOUR}


def test_reveal_words_name_the_day_where_it_is_another():
    early = replace(SECRET, embargo_until=at("13:00") - timedelta(days=1))
    before = HOUR - timedelta(days=3)
    assert as_visible(SECRET, before).reveal_words == "We will tell you what it is at 1pm on the day"
    assert (
        as_visible(early, before).reveal_words == "We will tell you what it is on Wednesday 16 September, 1pm"
    )
    assert as_visible(SECRET, HOUR).reveal_words == ""


@given(earlier=moments, later=moments)
def test_shown_sequence_and_time_of_change_never_go_back(earlier, later):
    first, second = sorted((earlier, later))
    before, after = as_visible(SECRET, first), as_visible(SECRET, second)
    assert before.sequence <= after.sequence
    assert before.changed_at <= after.changed_at
    assert (before.sequence != after.sequence) == (before.title != after.title)


@given(
    now=moments,
    title=words,
    about=words,
    covering=words,
    embargo=st.one_of(st.none(), moments),
    start=st.booleans(),
)
def test_next_sequence_goes_up_by_one_exactly_when_the_change_can_be_seen(
    now, title, about, covering, embargo, start
):
    after = replace(SECRET, title=title, about=about, covering_title=covering, embargo_until=embargo)
    if start:
        after = replace(after, starts_at=after.starts_at - timedelta(minutes=5))
    seen_before, seen_after = as_visible(SECRET, now), as_visible(after, now)
    stored = rules.next_sequence(seen_before, seen_after, embargo, now)
    shown = rules.shown_sequence(stored, embargo, now)
    assert shown - seen_before.sequence == int(rules.looks_different(seen_before, seen_after))


def test_a_hidden_change_is_no_change_to_others():
    now = HOUR - timedelta(hours=1)
    changed = replace(SECRET, title="Something else", speakers="Another", about="Longer", content_note="")
    assert not rules.looks_different(as_visible(SECRET, now), as_visible(changed, now))


def test_bookings_are_no_change_for_calendars():
    now = HOUR - timedelta(hours=1)
    assert not rules.looks_different(as_visible(full(), now), as_visible(full(taken=7, waiting=2), now))


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({}, None),
        ({"ends_at": at("9:00")}, "ends_at"),
        ({"ends_at": at("9:01")}, None),
        ({"starts_at": at("8:59")}, "starts_at"),
        ({"ends_at": at("16:30")}, None),
        ({"ends_at": at("16:31")}, "starts_at"),
        ({"places": None}, "places"),
        ({"places": 0}, None),
        ({"kind": "break", "places": None}, None),
        ({"embargo_until": at("8:00")}, "covering_title"),
        ({"embargo_until": at("8:00"), "covering_title": "A surprise"}, None),
        ({"embargo_until": at("10:00"), "covering_title": "A surprise"}, None),
        ({"embargo_until": at("10:01"), "covering_title": "A surprise"}, "embargo_until"),
    ],
)
def test_why_not_plan(changed, field):
    why_not = rules.why_not_plan(plan(**changed), at("9:00"), at("16:30"))
    assert (why_not.field if why_not else None) == field


@pytest.mark.parametrize(
    ("starts", "ends", "clashes"),
    [
        ("8:00", "9:00", False),
        ("8:00", "9:01", True),
        ("9:15", "9:30", True),
        ("9:59", "11:00", True),
        ("10:00", "11:00", False),
        ("8:00", "11:00", True),
    ],
)
def test_why_not_there_names_the_session_in_the_way(starts, ends, clashes):
    others = [full(2, "7:00", "7:30"), full(title="Tea"), full(3, "11:00", "12:00")]
    why_not = rules.why_not_there(others, "Studio", at(starts), at(ends))
    words = "“Tea” is in Studio from 9am to 10am. Choose another room or another time"
    assert why_not == (Refusal(words, "room_id") if clashes else None)


@pytest.mark.parametrize(
    ("places", "taken", "why"),
    [
        (10, 10, None),
        (9, 10, "10 people have a place already. Enter 10 or more"),
        (0, 1, "1 person has a place already. Enter 1 or more"),
    ],
)
def test_why_not_places(places, taken, why):
    assert rules.why_not_places(places, taken) == (Refusal(why, "places") if why else None)


@pytest.mark.parametrize(
    ("taken", "waiting", "people"),
    [
        (0, 0, None),
        (1, 0, "1 person has"),
        (0, 1, "1 person has"),
        (2, 1, "3 people have"),
        (2, 2, "4 people have"),
    ],
)
def test_why_not_remove(taken, waiting, people):
    why_not = rules.why_not_remove("Tea", taken, waiting)
    words = "chosen “Tea”. Move it to another time or room instead, or change what it is about"
    assert why_not == (Refusal(f"{people} {words}") if people else None)


@pytest.mark.parametrize(
    ("taken", "waiting", "kind", "places", "field"),
    [
        (0, 0, "break", None, None),
        (1, 0, "break", None, "kind"),
        (0, 1, "plenary", None, "kind"),
        (3, 9, "workshop", 3, None),
        (3, 9, "workshop", 2, "places"),
        (1, 0, "workshop", None, "places"),
        (0, 9, "workshop", None, None),
    ],
)
def test_why_not_change(taken, waiting, kind, places, field):
    before = full(taken=taken, waiting=waiting)
    why_not = rules.why_not_change(before, plan(kind=kind, places=places))
    assert (why_not.field if why_not else None) == field


@pytest.mark.parametrize(
    ("about", "begins"),
    [
        ("", ""),
        ("Five people.\nTen minutes each.", "Five people. Ten minutes each."),
        ("One sentence. " + "word " * 30, "One sentence."),
        ("word " * 30, "word " * 18 + "…"),
        ("First.\n\nSecond.", "First."),
        ("First.\n\nSecond.\n\nThird.", "First."),
        ("a" * 90, "a" * 90),
        ("b" * 88 + ". Then", "b" * 88 + "."),
        ("c" * 89 + ". Then", "c" * 89 + "."),
        ("d " * 45 + "dd", "d " * 44 + "d …"),
    ],
)
def test_teaser_keeps_whole_sentences_where_it_can(about, begins):
    assert rules.teaser(about) == begins
    assert visible(about=about).teaser == begins
