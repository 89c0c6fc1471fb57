"""Calendar files: readable, stable, and never more than may be shown."""

from __future__ import annotations

from dataclasses import replace

from icalendar import Calendar

from events.agenda.rules import as_visible
from events.exchange.calendar_file import calendar_text
from tests.events.made import EVENT, full
from tests.events.symphony import at

ADDRESS = "https://chorus.example.org"


def read(text: str):
    """The entries of a calendar file by their UID."""
    return {str(entry["uid"]): entry for entry in Calendar.from_ical(text).walk("VEVENT")}


def test_calendar_text_says_when_where_and_what():
    session = full(
        9, "11:00", "12:00", title="Åsa, & “friends”; more", content_note="Grief", support="Ask us"
    )
    entries = read(calendar_text(EVENT, [as_visible(session, at("8:00"))], ADDRESS))
    assert list(entries) == ["event-7@chorus.example.org", "session-9@chorus.example.org"]
    entry = entries["session-9@chorus.example.org"]
    assert str(entry["summary"]) == "Åsa, & “friends”; more"
    assert (entry.start, entry.end) == (at("11:00"), at("12:00"))
    assert str(entry["location"]) == "Studio, Conference hall, Stoke-on-Trent"
    assert str(entry["description"]) == "Content note: Grief. Ask us"
    assert str(entry["url"]) == f"{ADDRESS}/events/symphony/sessions/9"


def test_calendar_text_is_the_same_until_something_visible_changes():
    secret = full(embargo_until=at("8:30"), covering_title="A surprise", about="Forty singers")
    before = calendar_text(EVENT, [as_visible(secret, at("8:00"))], ADDRESS)
    hidden = replace(secret, title="Else", about="Else")
    assert calendar_text(EVENT, [as_visible(hidden, at("8:29"))], ADDRESS) == before
    assert (
        calendar_text(replace(EVENT, taken=9, version=4), [as_visible(secret, at("8:00"))], ADDRESS) == before
    )
    after = calendar_text(EVENT, [as_visible(secret, at("8:30"))], ADDRESS)
    sequences = [int(read(text)["session-1@chorus.example.org"]["sequence"]) for text in (before, after)]
    assert sequences == [0, 1]


def test_calendar_text_keeps_lines_short_and_ends_them_rightly():
    text = calendar_text(EVENT, [as_visible(full(about="word " * 80), at("8:00"))], ADDRESS)
    assert text.startswith("BEGIN:VCALENDAR\r\n")
    assert text.endswith("END:VEVENT\r\nEND:VCALENDAR\r\n")
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
