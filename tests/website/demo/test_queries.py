"""The hours of the demonstration's story."""

from __future__ import annotations

import pytest

from base.errors import NotHere
from website.demo import queries


def test_hours_in_order_and_one_by_its_key(demo_app):
    """Each can be found again; an invented one cannot."""
    with demo_app.app_context():
        hours = queries.hours_of_the_story()
        assert [one.when for one in hours] == sorted(one.when for one in hours)
        assert {one.key for one in hours} == {"closing", "symphony", "surprise", "shortlist", "ceremony"}
        assert [queries.hour_of_the_story(one.key) for one in hours] == hours
        with pytest.raises(NotHere):
            queries.hour_of_the_story("midnight")
