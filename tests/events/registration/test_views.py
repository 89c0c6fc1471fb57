"""The organiser's list of registrations."""

from __future__ import annotations

import csv
import io

import pytest
from sqlalchemy import text

from tests.events.registration.people import come
from tests.events.symphony import SLUG

LIST = f"/events/{SLUG}/organise/registrations"
SUICIDE, CARERS = "Talking about suicide", "Carers in conversation"


def test_list_registrations_shows_workshops_and_no_needs(symphony, db_session, organiser):
    come(symphony, "ada", SUICIDE, CARERS, access="Walks with a silver frame")
    come(symphony, "ben")
    db_session.commit()
    page = organiser.open(LIST)
    rows = page.table("Registrations")
    assert [(row["Name"], row["Address"], row["State"]) for row in rows] == [
        ("Ada", "ada@example.org", "Place"),
        ("Ben", "ben@example.org", "Place"),
    ]
    assert (SUICIDE in rows[0]["Workshops"], CARERS in rows[0]["Workshops"]) == (True, True)
    assert "silver frame" not in page.html
    found = organiser.open(f"{LIST}?words=BEN%25")
    assert "Nobody by that name" in found.text
    found = organiser.open(f"{LIST}?words=ben")
    assert [row["Name"] for row in found.table("Registrations")] == ["Ben"]


@pytest.fixture
def many(symphony, db_session):
    """A hundred and one guests by name, all in by SQL; guest 7 waits, guest 8 is here."""
    db_session.execute(
        text(
            "insert into registration (reference, event_id, badge_name, email, state, registered_at,"
            " checked_in_at) select 'R-' || n, :event, 'Guest ' || lpad(cast(n as text), 3, '0'),"
            " 'guest' || n || '@example.org', case n when 7 then 'waiting' else 'placed' end, now(),"
            " case n when 8 then now() end from generate_series(1, 101) as n"
        ),
        {"event": symphony.event_id},
    )
    db_session.commit()


def test_registrations_come_in_pages_whose_links_keep_what_was_asked(many, organiser):
    page = organiser.open(LIST)
    assert "1 to 50 of 101 registrations" in page.text
    assert (len(page.table("Registrations")), "Page 1 of 3" in page.text) == (50, True)
    last = page.follow("Last page of registrations")
    assert [row["Name"] for row in last.table("Registrations")] == ["Guest 101"]
    found = page.press("Find", **{"Name, address or reference": "guest1", "State": "Place"})
    assert "13 registrations with “guest1”" in found.text
    newest = found.follow("Sort by newest first")
    assert [row["Name"] for row in newest.table("Registrations")][:2] == ["Guest 101", "Guest 100"]
    assert newest.url.endswith("?words=guest1&state=placed&sort=newest")
    assert newest.follow("Show all registrations").url.endswith("registrations?page=1")


@pytest.mark.parametrize("number", ["4", "9" * 20])
def test_a_page_after_the_last_shows_the_last(many, organiser, number):
    page = organiser.open(f"{LIST}?page={number}")
    assert (page.status, "101 to 101 of 101 registrations" in page.text) == (200, True)


@pytest.mark.parametrize(("state", "names"), [("waiting", ["Guest 007"]), ("here", ["Guest 008"])])
def test_registrations_are_filtered_by_what_they_are(many, organiser, state, names):
    page = organiser.open(f"{LIST}?state={state}")
    assert [row["Name"] for row in page.table("Registrations")] == names
    assert organiser.open(f"{LIST}?state=placed&words=guest00").text.count("No registrations") == 1


def test_the_list_as_a_file_holds_what_was_found_and_leaves_a_line(many, organiser, symphony, db_session):
    come(symphony, "ada", SUICIDE)
    db_session.execute(text("update registration set badge_name = '=1+1' where badge_name = 'Ada'"))
    db_session.commit()
    found = organiser.open(f"{LIST}?words=ada").press("Download as a file (CSV)")
    assert (found.status, found.content_type) == (200, "text/csv")
    columns, row = csv.reader(io.StringIO(found.body.decode("utf-8-sig"), newline=""))
    assert columns == ["Name", "Address", "Reference", "State", "Workshops", "Registered"]
    assert [row[0], row[1], row[3], row[4]] == ["'=1+1", "ada@example.org", "Place", SUICIDE]
    everything = organiser.open(LIST).press("Download as a file (CSV)")
    assert len(everything.body.decode().splitlines()) == 103
    lines = db_session.execute(text("select what, changes from history order by id desc limit 2")).all()
    assert [tuple(line) for line in lines] == [
        ("registration.export_registrations", {"rows": [None, 102]}),
        ("registration.export_registrations", {"rows": [None, 1]}),
    ]


def test_the_list_asks_the_same_queries_whatever_its_size(symphony, db_session, organiser, count_queries):
    counts = []
    for names in (["ada"], [f"p{number}" for number in range(7)]):
        for name in names:
            come(symphony, name, SUICIDE, CARERS, access="Large print")
        db_session.commit()
        with count_queries() as counted:
            organiser.open(LIST)
        counts.append(counted.count)
    assert counts == [6, 6]


def test_the_list_is_for_organisers(symphony, client, volunteer):
    assert client.open(LIST).url.startswith("/sign-in")
    assert volunteer.open(LIST).status == 404
