"""The hours of a scheme, as tables and as properties."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awards.schemes import rules
from awards.schemes.rules import Hours, Step
from base.errors import Refusal
from tests.awards.season import (
    CLOSES,
    DURING,
    HOURS,
    JUDGING_CLOSES,
    MOMENT,
    OPENS,
    SHORTLIST,
    WINNERS,
)

# In the order in which a scheme goes through them.
PHASES = ("not_open", "open", "judging", "shortlisted", "announced")

moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC))
some_hours = st.lists(moments, min_size=5, max_size=5, unique=True).map(lambda found: Hours(*sorted(found)))


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (OPENS - MOMENT, "not_open"),
        (OPENS, "open"),
        (CLOSES - MOMENT, "open"),
        (CLOSES, "judging"),
        (JUDGING_CLOSES, "judging"),
        (SHORTLIST - MOMENT, "judging"),
        (SHORTLIST, "shortlisted"),
        (WINNERS - MOMENT, "shortlisted"),
        (WINNERS, "announced"),
    ],
)
def test_phase_changes_exactly_at_its_hour(now, expected):
    """An hour belongs to what follows it."""
    assert rules.phase(HOURS, now) == expected
    assert rules.is_open(HOURS, now) is (expected == "open")


def test_phase_stays_judging_while_no_later_hour_is_set():
    """Nothing is announced by itself."""
    assert rules.phase(Hours(OPENS, CLOSES), CLOSES + timedelta(days=900)) == "judging"


@given(some_hours, moments, st.timedeltas(timedelta(0), timedelta(days=300)))
def test_phases_only_go_forward(hours, now, later):
    """Time never takes a scheme back."""
    assert PHASES.index(rules.phase(hours, now)) <= PHASES.index(rules.phase(hours, now + later))


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (OPENS - MOMENT, ("opens_at", OPENS)),
        (OPENS, ("closes_at", CLOSES)),
        (CLOSES, ("judging_closes_at", JUDGING_CLOSES)),
        (WINNERS - MOMENT, ("winners_at", WINNERS)),
        (WINNERS, None),
    ],
)
def test_next_hour(now, expected):
    """The one that everybody waits for."""
    assert rules.next_hour(HOURS, now) == expected


def test_steps_have_one_that_is_now():
    """Done, now, and still to come; an hour that is not set waits too."""
    assert rules.steps(replace(HOURS, winners_at=None), "Liverpool", DURING) == [
        Step("Entries open", OPENS, "done"),
        Step("Entries close", CLOSES, "now"),
        Step("Judging ends", JUDGING_CLOSES, ""),
        Step("Shortlist", SHORTLIST, ""),
        Step("Winners, Liverpool", None, ""),
    ]


@pytest.mark.parametrize(
    ("now", "states"),
    [
        (OPENS - MOMENT, ["now", "", "", "", ""]),
        (OPENS, ["done", "now", "", "", ""]),
        (CLOSES, ["done", "done", "now", "", ""]),
        (SHORTLIST - MOMENT, ["done", "done", "done", "now", ""]),
        (WINNERS - MOMENT, ["done", "done", "done", "done", "now"]),
        (WINNERS, ["done", "done", "done", "done", "done"]),
    ],
)
def test_a_step_is_done_at_its_hour(now, states):
    """Not a moment before."""
    assert [step.state for step in rules.steps(HOURS, "", now)] == states


def test_an_hour_that_is_not_set_is_waited_for():
    """What comes after it is still to come, or done where its own hour has passed."""
    hours = replace(HOURS, judging_closes_at=None)
    assert [step.state for step in rules.steps(hours, "", CLOSES)] == ["done", "done", "now", "", ""]
    assert [step.state for step in rules.steps(hours, "", SHORTLIST)] == ["done", "done", "now", "done", ""]
    assert [step.name for step in rules.steps(hours, "", CLOSES)][-1] == "Winners"


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (OPENS - MOMENT, "Opens Monday 2 March"),
        (OPENS, "Open for entries: 88 days left"),
        (CLOSES, "Entries have closed. Judges are reading"),
        (SHORTLIST, "The shortlist is out"),
        (WINNERS, "The winners are announced"),
    ],
)
def test_state_words(now, words):
    """One sentence for each phase, none left out."""
    assert rules.state_words(HOURS, now) == words


def test_next_hour_leaves_out_what_is_not_set():
    """And takes the nearest, not the next in the order of the year."""
    assert rules.next_hour(Hours(OPENS, CLOSES), CLOSES) is None
    assert rules.next_hour(replace(HOURS, judging_closes_at=None), CLOSES) == ("shortlist_at", SHORTLIST)


@given(some_hours, moments)
def test_steps_are_done_then_one_now_then_to_come(hours, now):
    """In this order, whatever the hour."""
    states = [step.state for step in rules.steps(hours, "", now)]
    done = states.count("done")
    assert states == ["done"] * done + (["now"] + [""] * (4 - done) if done < 5 else [])


DAY = timedelta(days=1)
ANNOUNCED = "This has been announced. Its hour stays as it was"


@pytest.mark.parametrize(
    ("changes", "now", "expected"),
    [
        ({}, DURING, None),
        ({"closes_at": CLOSES + DAY}, DURING, None),
        ({"closes_at": DURING + MOMENT}, DURING, None),
        (
            {"closes_at": DURING},
            DURING,
            ("Choose a moment in the future for the hour when entries close", "closes_at"),
        ),
        (
            {"closes_at": OPENS},
            OPENS - DAY,
            ("The hour when entries close must be after the one before it", "closes_at"),
        ),
        (
            {"judging_closes_at": CLOSES - MOMENT},
            DURING,
            ("The hour when judging ends must be after the one before it", "judging_closes_at"),
        ),
        (
            {"closes_at": SHORTLIST, "judging_closes_at": None},
            DURING,
            None,
        ),
        (
            {"shortlist_at": None},
            DURING,
            ("Set the hour of the shortlist too: it comes before the winners", "shortlist_at"),
        ),
        ({"shortlist_at": None, "winners_at": None}, DURING, None),
        (
            {"opens_at": DURING + DAY},
            DURING,
            ("Entries have opened. The hour cannot be moved to later", "opens_at"),
        ),
        ({"opens_at": OPENS - DAY}, DURING, None),
        # At the hour itself entries are open, so it cannot be moved to later; the moment before it can.
        (
            {"opens_at": OPENS + DAY},
            OPENS,
            ("Entries have opened. The hour cannot be moved to later", "opens_at"),
        ),
        ({"opens_at": OPENS + DAY}, OPENS - MOMENT, None),
        # Moved to this very moment, they open with it.
        ({"opens_at": DURING}, OPENS - MOMENT, None),
        ({"opens_at": OPENS - MOMENT}, OPENS, None),
        # Open already, they may be said to open just now: nobody is sent away by it.
        ({"opens_at": DURING}, DURING, None),
        # Judging may end, and the shortlist be out, at the moment when entries close.
        ({"judging_closes_at": CLOSES}, DURING, None),
        ({"judging_closes_at": None, "shortlist_at": CLOSES, "winners_at": CLOSES}, DURING, None),
        ({"judging_closes_at": CLOSES + DAY}, CLOSES + DAY - MOMENT, None),
        (
            {"judging_closes_at": CLOSES + DAY},
            CLOSES + DAY,
            ("Choose a moment in the future for the hour when judging ends", "judging_closes_at"),
        ),
        ({"judging_closes_at": None}, SHORTLIST + DAY, None),
        ({"winners_at": None}, SHORTLIST, None),
        ({"winners_at": None}, WINNERS, (ANNOUNCED, "winners_at")),
        # Extended after the deadline has passed: entries open again, until the shortlist is out.
        ({"closes_at": CLOSES + 3 * DAY}, CLOSES + DAY, None),
        (
            {"closes_at": SHORTLIST + DAY, "judging_closes_at": None, "shortlist_at": SHORTLIST + 2 * DAY},
            SHORTLIST,
            (ANNOUNCED, "shortlist_at"),
        ),
        ({"winners_at": WINNERS + DAY}, WINNERS, (ANNOUNCED, "winners_at")),
        ({"winners_at": WINNERS + DAY}, WINNERS - MOMENT, None),
        (
            {"closes_at": CLOSES - DAY},
            SHORTLIST,
            ("Choose a moment in the future for the hour when entries close", "closes_at"),
        ),
    ],
)
def test_why_not_hours(changes, now, expected):
    """Hours follow each other; what was announced stays so."""
    expected = Refusal(*expected) if expected else None
    assert rules.why_not_hours(HOURS, replace(HOURS, **changes), now) == expected


def test_hours_that_were_not_set_can_be_set():
    """An hour of announcing that nobody knew has not been announced."""
    before = Hours(OPENS, CLOSES)
    assert rules.why_not_hours(before, HOURS, DURING) is None
    assert rules.why_not_hours(before, replace(before, shortlist_at=SHORTLIST), SHORTLIST - MOMENT) is None
    late = Refusal("Choose a moment in the future for the hour of the shortlist", "shortlist_at")
    assert rules.why_not_hours(before, replace(before, shortlist_at=SHORTLIST), SHORTLIST) == late


@given(some_hours, some_hours, moments)
def test_hours_that_are_let_through_never_hide_what_was_announced(before, after, now):
    """Whatever is typed: nothing that people have seen goes back behind its hour."""
    if rules.why_not_hours(before, after, now) is None:
        for name in ("shortlisted", "announced"):
            seen = PHASES.index(rules.phase(before, now)) >= PHASES.index(name)
            assert not seen or PHASES.index(rules.phase(after, now)) >= PHASES.index(name)


@pytest.mark.parametrize(("words", "expected"), [(0, 1), (100, 1), (1200, 2), (3000, 5), (6000, 10)])
def test_hours_of_work(words, expected):
    """Never nothing."""
    assert rules.hours_of_work(words) == expected
