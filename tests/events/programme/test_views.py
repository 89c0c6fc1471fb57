"""The public pages: what everybody sees, and what nobody sees before its hour."""

from __future__ import annotations

from tests.events.symphony import SLUG


def test_view_event_shows_the_day_by_time_and_room(symphony, client):
    page = client.open(f"/events/{SLUG}")
    assert page.status == 200
    assert page.h1 == "Second Staffordshire Symphony of Hidden Voices"
    assert "In 3 weeks: 220 places left" in page.text
