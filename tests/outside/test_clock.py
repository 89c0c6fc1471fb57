"""The time: one value per request or job, frozen by tests, moved by the demonstration only."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, timedelta

import pytest

from base import settings
from outside import clock

NOW = datetime(2026, 9, 17, 9, 30, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.fixture
def demo(tmp_path, test_settings):
    """The settings of a demonstration with a home of its own."""
    settings.use(dataclasses.replace(test_settings, mode="demo", home=tmp_path))
    yield tmp_path
    settings.use(test_settings)


def test_held_gives_one_value_however_long_it_takes():
    """Also where the clock jumps meanwhile; afterwards time goes on."""
    with clock.freeze(NOW), clock.held() as held:
        with clock.freeze(NOW + timedelta(hours=1)):
            assert (held, clock.now(), clock.wall_clock()) == (NOW, NOW, NOW + timedelta(hours=1))
        with clock.freeze(NOW + timedelta(hours=2)), clock.held() as inner:
            assert inner == NOW + timedelta(hours=2)
        assert clock.now() == NOW
    first, second = clock.now(), clock.now()
    assert NOW != first <= second


def test_now_is_aware_and_utc():
    """Naive times compare with nothing."""
    assert clock.now().utcoffset() == timedelta()


def test_move_demo_moves_what_every_process_sees(demo):
    """To the second, then back to the true time."""
    began = datetime.now(UTC)
    clock.move_demo(NOW)
    moved_on = clock.now() - NOW
    assert -SECOND <= moved_on <= datetime.now(UTC) - began + SECOND
    clock.move_demo(None)
    assert began <= clock.now() <= datetime.now(UTC)
    assert [path.name for path in demo.iterdir()] == ["demo-clock.json"]


def test_the_clock_is_not_moved_outside_the_demonstration(tmp_path, test_settings):
    """Neither by the function nor by a file that lies there."""
    settings.use(dataclasses.replace(test_settings, mode="live", home=tmp_path))
    try:
        (tmp_path / "demo-clock.json").write_text('{"seconds": 999999}')
        assert clock.demo_shift() == timedelta()
        with pytest.raises(RuntimeError):
            clock.move_demo(NOW)
    finally:
        settings.use(test_settings)
