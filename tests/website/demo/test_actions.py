"""Going back to how the demonstration began."""

from __future__ import annotations

from datetime import timedelta

from website.demo import actions


def test_is_long_ago_after_three_days(demo_app):
    """Counted from the newest thing of the story."""
    with demo_app.app_context():
        began = actions.season_began()
        assert began is not None
        later = (timedelta(0), timedelta(days=3), timedelta(days=3, microseconds=1))
        assert [actions.is_long_ago(began + after) for after in later] == [False, False, True]
