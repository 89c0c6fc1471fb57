"""A session and an event are one list each: a field added to it is safe before anybody thinks of it."""

from __future__ import annotations

import importlib.util
import sys
from dataclasses import asdict, replace
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from tests.events import made
from tests.events.symphony import at

LISTS = ("events.set_up.rules", "events.agenda.rules")
FOLLOWERS = ("events.exchange.calendar_file", "events.programme.rules")
HOUR, BEFORE = at("8:30"), at("8:29")


def with_a_field(monkeypatch: pytest.MonkeyPatch, after: str, line: str) -> SimpleNamespace:
    """Copies of the lists, one of them with a line more, and of what follows from them."""
    copies = []
    for name in (*LISTS, *FOLLOWERS):
        spec = importlib.util.find_spec(name)
        assert spec
        assert spec.origin
        source = Path(spec.origin).read_text()
        copy = ModuleType(name)
        monkeypatch.setitem(sys.modules, name, copy)
        exec(compile(source.replace(after, after + line), name, "exec"), copy.__dict__)
        copies.append(copy)
    return SimpleNamespace(set_up=copies[0], agenda=copies[1], calendar=copies[2], programme=copies[3])


def session_of(house: SimpleNamespace, **changed: object):
    """A session with all that the copy of its list has."""
    return replace(house.agenda.FullSession(**asdict(made.full())), **changed)


@pytest.fixture
def house(monkeypatch):
    """Sessions with a field of which nothing is said but that it is there."""
    return with_a_field(monkeypatch, '    speakers: str = ""\n', '    added: str = ""\n')


@pytest.fixture
def secret(house):
    """A surprise in Welsh."""
    return session_of(house, added="Cymraeg", covering_title="A surprise", embargo_until=HOUR)


def test_a_new_field_is_hidden_until_the_hour(house, secret):
    assert "Cymraeg" not in str(asdict(house.agenda.as_visible(secret, BEFORE)))
    assert house.agenda.as_visible(secret, HOUR).added == "Cymraeg"
    assert house.agenda.as_visible(replace(secret, embargo_until=None), BEFORE).added == "Cymraeg"


def test_a_new_field_of_a_surprise_is_not_written_into_its_history(house):
    assert "added" in house.agenda.HIDDEN


@pytest.mark.parametrize(("now", "seen"), [(BEFORE, False), (HOUR, True)])
def test_a_change_of_a_new_field_is_a_change_for_who_may_see_it(house, secret, now, seen):
    before = house.agenda.as_visible(secret, now)
    after = house.agenda.as_visible(replace(secret, added="English"), now)
    assert house.agenda.looks_different(before, after) == seen
    event = house.set_up.EventFacts(**asdict(made.EVENT))
    sign = house.programme.fingerprint
    assert (sign(event, [before]) != sign(event, [after])) == seen


@pytest.mark.parametrize(("now", "said"), [(BEFORE, False), (HOUR, True)])
def test_a_new_field_stands_in_calendars_once_it_may(house, secret, now, said):
    event = house.set_up.EventFacts(**asdict(made.EVENT))
    text = house.calendar.calendar_text(event, [house.agenda.as_visible(secret, now)], "https://example.org")
    assert ("Cymraeg" in text) == said


def test_a_new_field_that_organisers_alone_may_know_leaves_the_house_nowhere(monkeypatch):
    line = '    covering_title: str = field(default="", metadata=SHOWN)\n'
    house = with_a_field(monkeypatch, line, '    fee: str = ""\n')
    for until in (None, BEFORE, HOUR):
        paid = session_of(house, fee="90 pounds", covering_title="A surprise", embargo_until=until)
        assert "90 pounds" not in str(asdict(house.agenda.as_visible(paid, BEFORE)))


@pytest.mark.parametrize(
    ("mark", "shown", "told", "printed"),
    [
        ("SHOWN", True, True, True),
        ("SHOWN | NOT_IN_CALENDARS", True, False, True),
        ("SHOWN | NOT_PRINTED", True, True, False),
    ],
)
def test_a_mark_says_that_a_new_field_is_otherwise(monkeypatch, mark, shown, told, printed):
    line = f'    added: str = field(default="", metadata={mark})\n'
    house = with_a_field(monkeypatch, '    speakers: str = ""\n', line)
    event = house.set_up.EventFacts(**asdict(made.EVENT))
    secret = session_of(house, added="Cymraeg", covering_title="A surprise", embargo_until=HOUR)
    before = house.agenda.as_visible(secret, BEFORE)
    after = replace(before, added="English")
    assert (before.added == "Cymraeg") == shown
    assert house.agenda.looks_different(before, after) == told
    sign = house.programme.fingerprint
    assert (sign(event, [before]) != sign(event, [after])) == printed


def test_a_hidden_field_needs_something_to_stand_in_its_place(monkeypatch):
    with pytest.raises(TypeError, match="needs a default that says nothing"):
        with_a_field(monkeypatch, "    room: str = field(metadata=SHOWN)\n", "    added: str\n")


def test_a_new_field_of_an_event_is_a_change_for_calendars_and_programmes(monkeypatch):
    house = with_a_field(monkeypatch, '    town: str = ""\n', '    added: str = ""\n')
    event = house.set_up.EventFacts(**asdict(made.EVENT))
    welsh = replace(event, added="Cymraeg")
    assert house.set_up.looks_different(event, welsh)
    assert house.programme.fingerprint(event, []) != house.programme.fingerprint(welsh, [])
