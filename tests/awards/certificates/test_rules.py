"""Which certificates there are, when they are seen, and what a serial may look like."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awards.certificates import rules
from awards.certificates.rules import Kept, Wanted
from awards.schemes.rules import Hours
from base.tokens import LETTERS, make_serial

OPENS = datetime(2026, 3, 2, 9, tzinfo=UTC)
CLOSES = datetime(2026, 5, 29, 16, tzinfo=UTC)
SHORTLIST = datetime(2026, 7, 8, 9, tzinfo=UTC)
WINNERS = datetime(2026, 10, 8, 23, 30, tzinfo=UTC)  # half past midnight in London
HOURS = Hours(OPENS, CLOSES, None, SHORTLIST, WINNERS)
MOMENT = timedelta(microseconds=1)
JULY, OCTOBER = date(2026, 7, 8), date(2026, 10, 9)


@pytest.mark.parametrize(
    ("outcome", "hours", "now", "wanted"),
    [
        ("shortlisted", HOURS, CLOSES, [("shortlisted", JULY)]),
        ("winner", HOURS, CLOSES, [("shortlisted", JULY), ("winner", OCTOBER)]),
        ("winner", HOURS, WINNERS - MOMENT, [("shortlisted", JULY), ("winner", OCTOBER)]),
        ("winner", HOURS, WINNERS, [("winner", OCTOBER)]),
        ("highly_commended", HOURS, WINNERS, [("highly_commended", OCTOBER)]),
        ("shortlisted", HOURS, WINNERS, [("shortlisted", JULY)]),
        ("winner", Hours(OPENS, CLOSES, None, SHORTLIST), CLOSES, [("shortlisted", JULY)]),
        ("winner", Hours(OPENS, CLOSES), CLOSES, []),
    ],
)
def test_wanted_for(outcome: str, hours: Hours, now: datetime, wanted: list[tuple[str, date]]) -> None:
    found = rules.wanted_for(3, outcome, hours, now)
    assert [(one.entry_id, one.outcome, one.dated) for one in found] == [(3, *one) for one in wanted]


@pytest.mark.parametrize(
    ("kept", "lacks"),
    [
        ({}, True),
        ({(3, "winner"): Kept(1, "made", OCTOBER)}, False),
        ({(3, "winner"): Kept(1, "waiting", OCTOBER)}, False),
        ({(3, "winner"): Kept(1, "making", OCTOBER)}, False),
        ({(3, "winner"): Kept(1, "failed", OCTOBER)}, True),
        ({(3, "winner"): Kept(1, "made", JULY)}, True),
        ({(3, "shortlisted"): Kept(1, "made", OCTOBER)}, True),
        ({(4, "winner"): Kept(1, "made", OCTOBER)}, True),
    ],
)
def test_lacking(kept: dict[tuple[int, str], Kept], lacks: bool) -> None:
    wanted = [Wanted(3, "winner", OCTOBER)]
    assert rules.lacking(wanted, kept) == (wanted if lacks else [])


@pytest.mark.parametrize(
    ("certified", "seen", "is_seen"),
    [
        ("shortlisted", None, False),
        ("winner", None, False),
        ("shortlisted", "shortlisted", True),
        ("winner", "shortlisted", False),
        ("highly_commended", "shortlisted", False),
        ("winner", "winner", True),
        ("shortlisted", "winner", True),
        ("highly_commended", "winner", False),
        ("winner", "highly_commended", False),
    ],
)
def test_is_seen(certified: str, seen: str | None, is_seen: bool) -> None:
    assert rules.is_seen(certified, seen) == is_seen


@pytest.mark.parametrize(
    ("decided", "hours", "lacks", "begins"),
    [
        (2, HOURS, 2, None),
        (0, HOURS, 0, "Nothing has been decided yet"),
        (2, Hours(OPENS, CLOSES), 0, "Set the hour of the shortlist first"),
        (2, HOURS, 0, "Every certificate is made or on its way"),
    ],
)
def test_why_not_make(decided: int, hours: Hours, lacks: int, begins: str | None) -> None:
    why_not = rules.why_not_make(decided, hours, lacks)
    if begins is None:
        assert why_not is None
    else:
        assert why_not is not None
        assert (why_not.why.startswith(begins), why_not.field) == (True, "")


@given(st.text(LETTERS, min_size=17, max_size=17))
def test_tidy_serial_reads_what_people_type(letters: str) -> None:
    serial = f"{letters[:5]}-{letters[5:11]}-{letters[11:]}"
    assert rules.tidy_serial(make_serial()) is not None
    for typed in (serial, serial.lower(), serial.replace("-", ""), f" {serial.replace('-', ' – ')} "):
        assert rules.tidy_serial(typed) == serial


@pytest.mark.parametrize("typed", ["", "PPMH-7K4Q", "7K4QB-WXZ34R-TTP03A", "7K4QB-WXZ34R-TTP0", "é" * 17])
def test_tidy_serial_refuses_what_cannot_be_one(typed: str) -> None:
    assert rules.tidy_serial(typed) is None
