"""The story's dates lie around the first start by whole weeks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from demo.story import LONDON, Shifts, moment, season, weeks_until

MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2040, 1, 1)).map(lambda when: when.replace(tzinfo=UTC))


@given(MOMENTS, st.integers(1, 60))
def test_weeks_until_is_the_last_whole_week_within_the_days(now: datetime, days: int) -> None:
    shifted = moment("2026-09-17T09:00", weeks_until("2026-09-17T09:00", now, days))
    hour = timedelta(hours=1)
    assert now + timedelta(days=days - 7) - hour < shifted <= now + timedelta(days=days) + hour


@given(MOMENTS)
def test_shifts_keep_weekday_and_hour_in_london(now: datetime) -> None:
    written = next(one for one in season()["events"] if one["key"] == "symphony")["starts"]
    starts = moment(written, Shifts.around(now).symphony).astimezone(LONDON)
    assert (
        starts.strftime("%A %H:%M"),
        timedelta(days=13) < starts - now <= timedelta(days=21, hours=1),
    ) == (
        "Thursday 09:00",
        True,
    )


@given(MOMENTS)
def test_one_scheme_is_open_and_one_is_being_judged(now: datetime) -> None:
    shifts = Shifts.around(now)
    lines = {one["key"]: one["timeline"] for one in season()["schemes"]}
    opened, judged = lines["cyp"], lines["ppmh"]
    assert moment(opened["opens"], shifts.open) < now < moment(opened["closes"], shifts.open)
    assert moment(judged["closes"], shifts.judged) < now < moment(judged["judging_closes"], shifts.judged)
    assert moment(judged["winners_announced"], shifts.judged - 52) < now
