"""Reading schemes: what may be seen of other years."""

from __future__ import annotations

from dataclasses import asdict

from awards.schemes import queries
from tests.awards.season import HOURS, MOMENT, WINNERS, YEAR, make_scheme


def test_announced_before_needs_its_hour(db_session):
    """Last year's winners are linked when they may be seen, not a moment earlier."""
    make_scheme("before", 2025, type(HOURS)(*(at - YEAR for at in asdict(HOURS).values())))
    this = make_scheme()
    assert queries.announced_before(this, WINNERS - YEAR - MOMENT) is None
    found = queries.announced_before(this, WINNERS - YEAR)
    assert found is not None
    assert found.slug == "before"
    assert queries.announced_before(found, WINNERS) is None
