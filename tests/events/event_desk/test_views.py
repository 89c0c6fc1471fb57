"""The organiser's desk."""

from __future__ import annotations

from tests.events.registration.people import come
from tests.events.symphony import SLUG

PAGE = f"/events/{SLUG}"


def test_view_desk_lists_what_needs_the_organiser(symphony, db_session, organiser):
    for name in ("ada", "ben", "cyd"):
        come(symphony, name, "Talking about suicide", access="Large print")
    db_session.commit()
    page = organiser.open(f"{PAGE}/organise")
    assert "3 registrations have noted access needs" in page.text
    assert "1 workshop is full and 1 person waits: Talking about suicide" in page.text
    assert "surprise, The choir of hidden voices, is told on Thursday 17 September, 1pm" in page.text
    (row,) = [row for row in page.table("Places in workshops") if row["Workshop"] == "Talking about suicide"]
    assert (row["Taken"], row["Places"], row["Waiting"]) == ("2", "2", "1")


def test_view_desk_asks_the_same_queries_whatever_its_size(symphony, db_session, organiser, count_queries):
    counts = []
    for names in (["ada"], [f"p{number}" for number in range(8)]):
        for name in names:
            come(symphony, name, "Talking about suicide", access="Large print")
        db_session.commit()
        with count_queries() as counted:
            organiser.open(f"{PAGE}/organise")
        counts.append(counted.count)
    assert counts[0] == counts[1]
