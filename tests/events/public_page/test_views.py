"""The public pages: what everybody sees, and what nobody sees before its hour."""

from __future__ import annotations

from datetime import timedelta

import pytest

from events.agenda.actions import change_session
from tests.events.registration.people import come
from tests.events.symphony import SECRET_TITLE, SECRETS, SLUG, make_event, make_symphony, plan_of
from tests.events.symphony import at as time

PAGE = f"/events/{SLUG}"


def agenda(page):
    """The grid of the event's page as rows by room."""
    return page.table("Thursday 17 September by time and room")


def test_view_event_shows_facts_and_the_day_by_time_and_room(symphony, client):
    page = client.open(PAGE)
    assert (page.status, page.h1) == (200, "Second Staffordshire Symphony of Hidden Voices")
    assert "In 3 weeks: 220 places left" in page.text
    assert "Thursday 17 September 9am to 4.30pm" in page.text
    rows = agenda(page)
    assert [row[""] for row in rows] == [
        "9am",
        "9.30am",
        "9.50am",
        "10.40am",
        "11am",
        "11.30am",
        "12.15pm",
        "1.15pm",
        "2pm",
        "3.10pm",
    ]
    rooms = list(rows[0])[1:]
    assert [room.split(" ")[0] for room in rooms] == ["Main", "Studio", "Garden", "Quiet"]
    tea = rows[3]
    assert [tea[room] for room in rooms[:3]] == ["Tea", "Tea", "Tea"]
    assert {row[rooms[3]].split(" Soft")[0] for row in rows} == {"Quiet room"}


def test_view_event_says_what_may_distress_and_where_support_is(symphony, client):
    (row,) = [row for row in agenda(client.open(PAGE)) if row[""] == "11am"]
    (cell,) = [words for room, words in row.items() if room.startswith("Studio")]
    assert cell == (
        "Talking about suicide Talks about suicide Two listeners are in the quiet room "
        "11am to midday 2 of 2 places left"
    )


def test_view_event_shows_a_booking_made_a_second_before(symphony, db_session, client):
    assert "60 of 60 places left" in client.open(PAGE).text
    come(symphony, "ada", "Telling your own story")
    db_session.commit()
    page = client.open(PAGE)
    assert "59 of 60 places left" in page.text
    assert "In 3 weeks: 219 places left" in page.text


def test_view_event_says_how_many_wait(symphony, db_session, client):
    for name in ("ada", "ben", "cyd"):
        come(symphony, name, "Talking about suicide")
    db_session.commit()
    assert "Full. 1 person waiting" in client.open(PAGE).text


@pytest.mark.parametrize(
    ("now", "marked"),
    [
        ("6:59", set()),
        ("8:00", {"Next Arrival and music"}),
        ("9:40", {"Now Overture: welcome", "Next Voices on mental health"}),
        ("13:20", {"Now The choir of hidden voices", "Next LGBT+ lives", "Next Carers in conversation"}),
        ("16:10", set()),
    ],
)
def test_view_event_marks_what_is_on_now_and_next(symphony, client, at, now, marked):
    at(time(now))
    cells = {words for row in agenda(client.open(PAGE)) for words in row.values()}
    found = {words for words in cells if words.startswith(("Now ", "Next "))}
    assert len(found) == len(marked)
    assert all(any(words.startswith(beginning) for words in found) for beginning in marked)


def test_view_event_offers_no_registration_when_over(symphony, client, at):
    at(time("16:30"))
    page = client.open(PAGE)
    assert "This event is over" in page.text
    assert "Register, no account needed" not in page.links


def test_view_event_of_no_event(client):
    assert client.open("/events/nothing").status == 404


def test_view_event_without_an_agenda(symphony, db_session, client):
    make_event("bare")
    db_session.commit()
    assert "The agenda is not there yet" in client.open("/events/bare").text


def everything(client, symphony):
    """What a visitor can get hold of, headers included, as one text."""
    session = symphony.sessions[SECRET_TITLE]
    addresses = [
        PAGE,
        f"{PAGE}/sessions/{session}",
        f"{PAGE}/calendar.ics",
        f"{PAGE}/register",
        f"{PAGE}/programme.pdf",
        "/events",
        "/",
    ]
    answers = [client.client.get(address) for address in addresses]
    return "\n".join(f"{answer.headers} {answer.get_data(as_text=True)}" for answer in answers)


def test_a_surprise_is_nowhere_before_its_hour_and_everywhere_after(symphony, client, at):
    at(time("13:00") - timedelta(seconds=1))
    said = everything(client, symphony)
    assert [secret for secret in SECRETS if secret in said] == []
    assert "A surprise" in said
    assert "We will tell you what it is at 1pm on the day" in said
    at(time("13:00"))
    said = everything(client, symphony)
    assert [secret for secret in SECRETS if secret in said] == list(SECRETS)


def test_hidden_changes_leave_no_trace_in_pages_calendars_and_headers(symphony, db_session, client):
    def seen():
        answers = [client.client.get(f"{PAGE}{part}") for part in ("", "/calendar.ics")]
        return [
            (answer.data, answer.headers.get("ETag"), answer.headers.get("Last-Modified"))
            for answer in answers
        ]

    before = seen()
    changed = plan_of(symphony, SECRET_TITLE, title="A brass band", about="Brass", speakers="Twelve")
    change_session(None, SLUG, symphony.sessions[SECRET_TITLE], changed)
    db_session.commit()
    assert seen() == before


def test_a_calendar_kept_by_a_reader_is_sent_anew_at_the_hour(symphony, client, at):
    at(time("12:59"))
    first = client.client.get(f"{PAGE}/calendar.ics")
    kept = {"If-None-Match": first.headers["ETag"]}
    assert client.client.get(f"{PAGE}/calendar.ics", headers=kept).status_code == 304
    at(time("13:00"))
    assert client.client.get(f"{PAGE}/calendar.ics", headers=kept).status_code == 200


def test_view_session_puts_the_content_note_first(symphony, client):
    page = client.open(f"{PAGE}/sessions/{symphony.sessions['Talking about suicide']}")
    words = page.text
    assert words.index("Content note: Talks about suicide") < words.index("What helped, told by people")
    assert "Two listeners are in the quiet room" in words


def test_view_session_of_another_event_is_not_here(symphony, db_session, client):
    other = make_symphony("other")
    assert client.open(f"{PAGE}/sessions/{other.sessions['Tea']}").status == 404
    assert client.open(f"{PAGE}/sessions/99999999999").status == 404


def test_view_event_asks_the_same_few_queries_whatever_its_size(symphony, db_session, client, count_queries):
    make_symphony("small", workshops=1)
    counts = []
    for slug in ("small", SLUG):
        with count_queries() as counted:
            client.open(f"/events/{slug}")
        counts.append(counted.count)
    assert counts == [2, 2]
