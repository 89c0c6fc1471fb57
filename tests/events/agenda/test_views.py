"""The organiser's forms for sessions."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from events.agenda.queries import visible_session
from outside import clock
from tests.events.registration.people import come
from tests.events.symphony import SLUG, make_symphony
from tests.events.symphony import at as time

SESSIONS = f"/events/{SLUG}/organise/sessions"
YOGA = {
    "Title": "Yoga",
    "Kind of session": "Workshop",
    "Room": "Studio (40 people)",
    "When it starts": "17 9 2026 12.30pm",
    "When it ends": "17 9 2026 1.15pm",
    "Places": "12",
}


def test_list_sessions_shows_organisers_what_others_do_not_see(symphony, organiser):
    rows = organiser.open(SESSIONS).table("Sessions by time")
    (surprise,) = [row for row in rows if row["When"] == "1.15pm to 2pm"]
    assert surprise["Session"].startswith("The choir of hidden voices Surprise Others see “A surprise” until")


def test_sessions_are_searched_and_filtered(symphony, organiser):
    page = organiser.open(SESSIONS)
    assert "13 sessions" in page.text
    found = page.press("Find", **{"Title, speaker or room": "studio", "Kind": "Workshop"})
    assert [row["Session"].partition(" Talks")[0] for row in found.table("Sessions by time")] == [
        "Talking about suicide",
        "LGBT+ lives in services",
    ]
    assert "2 sessions with “studio”" in found.text
    other = found.press("Find", **{"Title, speaker or room": "", "Kind": "All", "Room": "Quiet room"})
    assert [row["Session"] for row in other.table("Sessions by time")] == ["Quiet room"]
    nothing = organiser.open(f"{SESSIONS}?words=zebra&kind=rubbish&room=0")
    assert "No session by these words" in nothing.text
    assert len(nothing.follow("Show all sessions").table("Sessions by time")) == 13


@pytest.mark.parametrize("many", [1, 60])
def test_sessions_come_in_pages_with_as_many_questions_whatever_their_number(
    symphony, db_session, organiser, count_queries, many
):
    db_session.execute(
        text(
            "insert into session (event_id, room_id, kind, title, about, speakers, content_note, support,"
            " starts_at, ends_at, covering_title, sequence, changed_at) select :event, :room, 'open', 'More',"
            " '', '', '', '', :ends + n * interval '1 minute', :ends + (n + 1) * interval '1 minute', '', 0,"
            " :ends from generate_series(1, :many) as n"
        ),
        {
            "event": symphony.event_id,
            "room": symphony.rooms["Studio"],
            "ends": time("17:00"),
            "many": many,
        },
    )
    db_session.commit()
    with count_queries() as counted:
        page = organiser.open(f"{SESSIONS}?page=99")
    assert counted.count == 6
    assert len(page.table("Sessions by time")) == {1: 14, 60: 23}[many]
    assert ("Page 2 of 2" in page.text) == (many == 60)


def test_add_session(symphony, organiser, client):
    page = organiser.open(f"{SESSIONS}/add").press("Add the session", **YOGA)
    assert page.notices == ["“Yoga” is in the agenda."]
    assert "12 of 12 places left" in client.open(f"/events/{SLUG}").text


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"Title": ""}, "Enter title"),
        ({"Places": ""}, "Enter how many places the workshop has"),
        ({"When it ends": "17 9 2026 12.30pm"}, "The session has to end after it starts"),
        ({"When it starts": "17 9 2026 8am"}, "The event is on Thursday 17 September, 9am to 4.30pm"),
        (
            {"When it starts": "17 9 2026 11.30am"},
            "“Talking about suicide” is in Studio from 11am to midday. Choose another room or another time",
        ),
        ({"Keep it a surprise until": "17 9 2026 noon"}, "Enter the title that people see until the hour"),
    ],
)
def test_add_session_says_what_is_wrong_and_keeps_what_was_typed(symphony, organiser, changed, error):
    page = organiser.open(f"{SESSIONS}/add").press("Add the session", **(YOGA | changed))
    assert (page.status, len(page.errors)) == (422, 1)
    assert page.errors[0].startswith(error)
    assert page.values()["Title"] == (YOGA | changed)["Title"]


def test_change_session_moves_it(symphony, organiser, client):
    number = symphony.sessions["Carers in conversation"]
    page = organiser.open(f"{SESSIONS}/{number}")
    page = page.press("Save", **{"When it starts": "17 9 2026 2.05pm", "Room": "Main hall (220 people)"})
    assert page.notices == ["Saved. The public page shows it now; the programme is made again."]
    one = visible_session(symphony.event_id, number, clock.now())
    assert (one.room, one.starts_at, one.places) == ("Main hall", time("14:05"), 20)


def test_change_session_to_a_surprise_hides_it_at_once(symphony, organiser, client):
    number = symphony.sessions["Finale: what we heard"]
    organiser.open(f"{SESSIONS}/{number}").press(
        "Save", **{"Keep it a surprise until": "17 9 2026 3pm", "Title until then": "The end"}
    )
    page = client.open(f"/events/{SLUG}")
    assert ("what we heard" in page.html, "The end" in page.text) == (False, True)


def test_remove_session(symphony, organiser, client):
    page = organiser.open(f"{SESSIONS}/{symphony.sessions['Tea']}/remove").press("Remove the session")
    assert page.notices == ["“Tea” is no longer in the agenda."]
    assert client.open(f"/events/{SLUG}/sessions/{symphony.sessions['Tea']}").status == 404


def test_remove_session_that_people_chose_is_refused(symphony, db_session, organiser):
    come(symphony, "ada", "Talking about suicide")
    db_session.commit()
    number = symphony.sessions["Talking about suicide"]
    page = organiser.open(f"{SESSIONS}/{number}/remove").press("Remove the session")
    assert (page.status, page.errors[0].startswith("1 person has chosen")) == (422, True)


@pytest.mark.parametrize("part", ["", "/add", "/{number}", "/{number}/remove"])
def test_sessions_are_changed_by_organisers_only(symphony, client, volunteer, part):
    path = SESSIONS + part.format(number=symphony.sessions["Tea"])
    assert client.open(path).url.startswith("/sign-in")
    assert volunteer.open(path).status == 404


def test_sessions_of_another_event_are_not_here(symphony, db_session, organiser):
    other = make_symphony("other")
    assert organiser.open(f"{SESSIONS}/{other.sessions['Tea']}").status == 404
    assert organiser.open("/events/other/organise/sessions").status == 404
