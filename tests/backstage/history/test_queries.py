"""Reading the history, page by page."""

from __future__ import annotations

from backstage.history.actions import record
from backstage.history.queries import history_of


def test_history_of_shows_one_scope_newest_first_page_by_page(db_session):
    """The lines of other schemes are not there; the next page begins below the last line seen."""
    for number in range(5):
        record(None, f"x.number_{number}", "scheme:1", "scheme:1")
        record(None, f"x.other_{number}", "scheme:11", "scheme:11")
        db_session.flush()
    first = history_of("scheme:1", most=3)
    second = history_of("scheme:1", before=first[-1].id, most=3)
    assert [line.what for line in first] == ["x.number_4", "x.number_3", "x.number_2"]
    assert [line.what for line in second] == ["x.number_1", "x.number_0"]
