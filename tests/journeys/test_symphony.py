"""The Symphony of Hidden Voices, from its page to its door."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.journeys import papers

if TYPE_CHECKING:
    from tests.journeys.conftest import People
    from tests.journeys.walker import Walker

EVENT = "/events/symphony"
NAME = "Second Staffordshire Symphony of Hidden Voices"
SECRET = ("choir of hidden voices", "Forty people who have never sung")
FULL, CLASHING, LATER = "Talking about suicide", "Telling your own story", "Carers in conversation"
RIVER = "river.moss@example.org"


def the_surprise_stays_one(river: Walker) -> None:
    """What is under embargo shows nowhere: event, its own page, calendar, programme."""
    river.open(EVENT).sees("A surprise", "We will tell you what it is at 1pm on the day").sees_no(*SECRET)
    addresses = river.page.eval_on_selector_all("main a", "links => links.map(one => one.pathname)")
    sessions = [int(one.rpartition("/")[2]) for one in addresses if "/sessions/" in one]
    hidden = set(range(min(sessions), max(sessions))) - set(sessions)
    for number in sorted(hidden):
        status, _, page = river.fetch(f"{EVENT}/sessions/{number}")
        assert status in (200, 404)
        assert not any(words.encode() in page for words in SECRET)
    _, kind, calendar = river.fetch(f"{EVENT}/calendar.ics")
    assert kind.startswith("text/calendar")
    unfolded = calendar.decode().replace("\r\n ", "")
    assert "SUMMARY:A surprise" in unfolded
    assert not any(words in unfolded for words in SECRET)
    river.open(EVENT).press(FULL).is_at(FULL)
    note = river.page.locator("main").inner_text()
    assert note.index("Talks about suicide") < note.index(NAME), "the note comes before what it is about"
    river.sees("Two listeners are in the quiet room", "3 people waiting")


def register(river: Walker) -> str:
    """Register under a chosen name; a clash is refused and nothing typed is lost; gives the personal link."""
    river.open(EVENT).picture("event-phone").press("Register, no account needed")
    river.fill("Name for your badge", "River").fill("Email address", RIVER)
    river.tick(re.compile(FULL), CLASHING, LATER, "Large print", "Vegan")
    river.fill("Anything else about access", "I leave early").press("Register")
    river.sees("There is a problem", f"“{FULL}” and “{CLASHING}” are at the same time")
    page = river.page
    assert page.title().startswith("Error: ")
    assert page.get_by_label("Name for your badge", exact=True).input_value() == "River"
    assert page.get_by_label("Anything else about access", exact=True).input_value() == "I leave early"
    assert all(page.get_by_label(one, exact=True).is_checked() for one in (CLASHING, LATER, "Vegan"))
    page.get_by_label(CLASHING, exact=True).uncheck()
    river.press("Register").is_at("You are registered").sees("Full: you are 4th on the waiting list")
    river.read_mail(RIVER, "You have a place").sees("you have a place at", "you are 4th in line", LATER)
    link = re.search(r"/registrations/[\w-]+", page.inner_text("main"))
    assert link is not None
    calendar = page.get_by_role("link", name="symphony.ics").get_attribute("href")
    _, kind, text = river.fetch(calendar or "")
    assert kind.startswith("text/calendar")
    assert b"BEGIN:VEVENT" in text
    return link[0]


def change(river: Walker, link: str) -> None:
    """Change through the personal link; what one needs is never shown again."""
    river.open(link).sees("We have noted what you told us", "4th").sees_no("Vegan", "I leave early")
    river.page.get_by_label(LATER, exact=True).uncheck()
    river.tick("LGBT+ lives in services").press("Save").sees("Saved")
    river.read_mail(RIVER, "You changed your registration").sees("LGBT+ lives in services")


def guests_in(owen: Walker, workshop: str) -> tuple[list[int], list[int]]:
    """The numbers of the story's guests with a place in a workshop, and of those in its line, in order."""
    placed: list[int] = []
    waiting: list[int] = []
    owen.open(f"{EVENT}/organise/registrations")
    more = owen.page.locator("main [rel=next]")
    while True:
        for row in owen.page.locator("tbody tr", has_text=workshop).all_inner_texts():
            number = re.search(r"guest(\d+)@example.org", row)
            if number:
                (waiting if f"{workshop} (waiting)" in row else placed).append(int(number[1]))
        if not more.count():
            break
        owen.open(more.first.evaluate("link => link.href"))
    return sorted(placed), sorted(waiting)


def give_a_place_back(owen: Walker, guest: Walker) -> str:
    """Somebody with a place in the full workshop cancels; gives the address of who is next in line."""
    owen.become("Owen Tudor").open(f"{EVENT}/organise").picture("event-desk")
    placed, waiting = guests_in(owen, FULL)
    assert (len(placed), len(waiting)) == (30, 3)
    guest.read_mail(f"guest{placed[-1]}@example.org", "You have a place").press("Open this on Chorus")
    guest.press("Cancel my registration").is_at("Cancel your registration").press("Cancel my registration")
    guest.sees("You have cancelled")
    return f"guest{waiting[0]}@example.org"


def organise(owen: Walker) -> None:
    """Two sessions cannot share a room; a session that is moved is moved for everybody."""
    owen.open(f"{EVENT}/organise/sessions").press(f"Change {LATER}")
    owen.select("Room", "Studio (40 people)").press("Save").sees("There is a problem")
    owen.select("Room", "Main hall (220 people)").press("Save").sees("The public page shows it now")


def print_programme(owen: Walker, name: str) -> str:
    """Have the programme made, wait for the worker, look at every page; gives what it says."""
    owen.open(f"{EVENT}/organise")
    if not owen.page.locator("main [data-poll]").count():  # the schedule may have begun to make it already
        owen.press(re.compile("^(Make the programme|Make it again)$"))
    owen.page.get_by_role("link", name="Open the programme (PDF)").wait_for()
    owen.look()
    status, kind, pdf = owen.fetch(f"{EVENT}/programme.pdf")
    assert (status, kind) == (200, "application/pdf")
    assert papers.not_accessible(pdf) == []
    owen.album.drawn(pdf, name, picture=name if name == "programme" else "")
    return papers.text_of(pdf, owen.album.folder)


def welcome(uma: Walker) -> None:
    """At the door on the morning, by the name on the badge."""
    uma.open("/demo").press("Go there The morning of the Symphony")
    uma.become("Uma Clarke").open(f"{EVENT}/door").fill("Name or reference", "River").press("Find")
    uma.press("Check in River").sees("River is here").picture("door", whole=True)
    uma.press("Undo check-in of River").press("Check in River")


@pytest.mark.half
def test_the_symphony(people: People) -> None:
    river, guest = people.new("River", phone=True), people.new("Guest")
    owen, uma, visitor = people.new("Owen"), people.new("Uma", phone=True), people.new("Visitor")
    visitor.open(EVENT).picture("event", whole=True)
    the_surprise_stays_one(river)
    link = register(river)
    change(river, link)
    lucky = give_a_place_back(owen, guest)
    guest.read_mail(lucky, f"You have a place in {FULL}").sees("a place has become free, and it is yours")
    river.open(link).sees("3rd")
    organise(owen)
    visitor.open(EVENT).sees(LATER)
    said = print_programme(owen, "programme")
    assert NAME in said
    assert "A surprise" in said
    assert not any(words in said for words in SECRET)

    welcome(uma)
    owen.open("/demo").press("Go there When the surprise is told")
    visitor.open(EVENT).sees("The choir of hidden voices", "Forty people who have never sung")
    assert b"choir of hidden voices" in visitor.fetch(f"{EVENT}/calendar.ics")[2]
    assert "choir of hidden voices" in print_programme(owen, "programme-told")
    river.open(link).press("Cancel my registration").press("Cancel my registration").sees(
        "You have cancelled"
    )
