"""The organiser's forms for the event and its rooms."""

from __future__ import annotations

import pytest

from tests.events.symphony import SLUG

ORGANISE = f"/events/{SLUG}/organise"


def test_list_rooms(symphony, organiser):
    rows = organiser.open(f"{ORGANISE}/rooms").table("Rooms")
    assert [(row["Room"], row["People"], row["Access"]) for row in rows] == [
        ("Main hall", "220", "step-free, hearing loop"),
        ("Studio", "40", "step-free"),
        ("Garden room", "24", "three steps"),
        ("Quiet room", "8", "open all day, step-free"),
    ]


def test_add_change_and_remove_a_room(symphony, organiser):
    typed = {"Name of the room": "Attic", "People it holds": "12", "It has a hearing loop": True}
    page = organiser.open(f"{ORGANISE}/rooms/add").press("Add the room", **typed)
    assert page.notices == ["Attic is there."]
    number = page.links["Change Attic"].rpartition("/")[2]
    page = organiser.open(f"{ORGANISE}/rooms/{number}").press("Save", **{"Name of the room": "Loft"})
    assert [row["Room"] for row in page.table("Rooms")][-1] == "Loft"
    page = organiser.open(f"{ORGANISE}/rooms/{number}/remove").press("Remove the room")
    assert page.notices == ["The room is gone."]


def test_add_room_with_a_name_that_is_there(symphony, organiser):
    typed = {"Name of the room": "studio", "People it holds": "12"}
    page = organiser.open(f"{ORGANISE}/rooms/add").press("Add the room", **typed)
    assert (page.status, page.errors) == (
        422,
        ["There is a room called studio already. Choose another name, or change that room"],
    )


def test_remove_room_in_use_is_refused(symphony, organiser):
    page = organiser.open(f"{ORGANISE}/rooms/{symphony.rooms['Studio']}/remove").press("Remove the room")
    assert (page.status, page.errors) == (
        422,
        ["2 sessions are in Studio. Move them to another room first, then remove this one"],
    )


def test_change_event_closes_registration(symphony, organiser, client):
    page = organiser.open(f"{ORGANISE}/event").press(
        "Save", **{"Registration is open": False, "Town": "Stoke"}
    )
    assert page.notices == ["Saved."]
    page = client.open(f"/events/{SLUG}")
    assert "In 3 weeks: registration is closed" in page.text
    assert "Conference hall, Stoke " in page.text


def test_change_event_to_end_before_it_starts(symphony, organiser):
    page = organiser.open(f"{ORGANISE}/event").press("Save", **{"When it ends": "17 9 2026 8am"})
    assert (page.status, page.errors) == (
        422,
        ["The event has to end after it starts. Change one of the two times"],
    )


@pytest.mark.parametrize("part", ["rooms", "rooms/add", "event"])
def test_these_pages_are_for_organisers(symphony, client, volunteer, part):
    assert client.open(f"{ORGANISE}/{part}").url.startswith("/sign-in")
    assert volunteer.open(f"{ORGANISE}/{part}").status == 404
