"""What forms make of what people send."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    EmailField,
    FieldList,
    IntegerField,
    RadioField,
    SelectMultipleField,
    StringField,
    SubmitField,
    TextAreaField,
)
from wtforms.validators import Email, Length, Optional

from base.errors import Refusal, Refused
from base.forms import ChorusForm, ClockField, DayField, MaxWords, MomentField, Needed, error_summary
from base.typed_dates import read_date, read_time, show_time

Sent = Callable[..., Any]


@pytest.fixture
def sent() -> Any:
    """Makes a form as if these values had been posted; without values, as if nothing had."""
    app = Flask("forms")
    app.config.update(SECRET_KEY="x", WTF_CSRF_ENABLED=False)

    def make(kind: type[ChorusForm], values: Any = None, **given: Any) -> ChorusForm:
        if values is None:
            return kind(formdata=None, **given)
        form = kind(formdata=MultiDict(values), **given)
        form.validate()
        return form

    with app.test_request_context("/", method="POST"):
        yield make


class Texts(ChorusForm):
    """Texts with and without limits of their own."""

    name = StringField("Your name", validators=[Needed()])
    short = StringField("Short", validators=[Length(max=3)])
    story = TextAreaField("What changed?", validators=[Needed(), MaxWords(3)])


def test_texts_are_tidied(sent: Sent) -> None:
    form = sent(Texts, {"name": "  An\0n\r\nLee ", "short": "abc", "story": "One\r\n\r\ntwo\rthree \x07"})
    assert (form.name.data, form.story.data, form.errors) == ("Ann Lee", "One\n\ntwo\nthree", {})


def test_every_text_has_a_limit(sent: Sent) -> None:
    form = sent(Texts, {"name": "a" * 201, "short": "abcd", "story": "b" * 20_001})
    assert form.errors == {
        "name": ["Shorten this to 200 characters or fewer"],
        "short": ["Shorten this to 3 characters or fewer"],
        "story": ["Shorten this to 20000 characters or fewer"],
    }


def test_what_is_missing_is_said_with_the_label(sent: Sent) -> None:
    form = sent(Texts, {"name": " ", "story": "\n"})
    assert error_summary(form) == [
        {"text": "Enter your name", "href": "#name"},
        {"text": "Answer the question: What changed?", "href": "#story"},
    ]
    assert form.status == 422


def test_words_too_many_are_counted(sent: Sent) -> None:
    assert sent(Texts, {"name": "x", "story": "one two three four"}).errors == {
        "story": ["Shorten this by 1 word: the limit is 3 words"]
    }


class Choices(ChorusForm):
    """Everything that is not a text."""

    email = EmailField("Email address", validators=[Needed(), Email()])
    mark = RadioField("Mark", choices=[("1", "One"), ("2", "Two")], validators=[Needed()])
    way = RadioField("Way", choices=[("1", "One")], validators=[Optional()])
    rooms = SelectMultipleField("BSL", choices=[(1, "A"), (2, "B")], coerce=int)
    places = IntegerField("Places", validators=[Needed()])
    agree = BooleanField("I agree", validators=[Needed()])


def test_choices_that_are_missing_or_wrong(sent: Sent) -> None:
    form = sent(Choices, {"email": "nobody", "rooms": ["3"], "places": "many"})
    assert [one["text"] for one in error_summary(form)] == [
        "Enter an email address in the correct format, like name@example.org",
        "Choose mark",
        "Choose from the options on the page",
        "Enter a whole number, like 12",
        "Tick the box to go on: I agree",
    ]


def test_choices_that_are_right(sent: Sent) -> None:
    values = {"email": "a@example.org", "mark": "2", "rooms": ["1", "2"], "places": "0", "agree": "y"}
    form = sent(Choices, values)
    assert (form.errors, form.rooms.data, form.places.data, form.way.data) == ({}, [1, 2], 0, None)


def test_a_number_that_no_table_holds_is_refused(sent: Sent) -> None:
    form = sent(Choices, {"email": "a@example.org", "mark": "2", "places": "9" * 12, "agree": "y"})
    assert form.errors == {"places": ["Enter a number from -2147483647 to 2147483647"]}


class Times(ChorusForm):
    """Dates and times typed in parts."""

    day = DayField("Day of the event", validators=[Needed()])
    opens = MomentField("When entries open", validators=[Needed("Enter when entries open")])
    doors = ClockField("Doors", validators=[Optional()])


def test_typed_dates_are_understood(sent: Sent) -> None:
    typed = {"day-day": "8", "day-month": "oct", "day-year": "2026", "doors-time": "6.30pm"}
    opens = {"opens-day": "08", "opens-month": "10", "opens-year": "2026", "opens-time": "9am"}
    form = sent(Times, typed | opens)
    assert (form.errors, form.day.data, form.doors.data) == ({}, date(2026, 10, 8), time(18, 30))
    assert form.opens.data == datetime(2026, 10, 8, 8, 0, tzinfo=UTC)


def test_a_date_that_was_typed_wrongly_says_so_and_keeps_what_was_typed(sent: Sent) -> None:
    form = sent(Times, {"day-day": "31", "day-month": "2", "day-year": "2026", "opens-day": "1"})
    assert error_summary(form) == [
        {"text": "Enter a real date, like 8 10 2026", "href": "#day-day"},
        {"text": "Add the month to the date", "href": "#opens-day"},
    ]
    assert [part["value"] for part in form.day.inputs()] == ["31", "2", "2026"]


def test_a_date_that_is_missing_has_its_own_message(sent: Sent) -> None:
    assert [one["text"] for one in error_summary(sent(Times, {"x": "y"}))] == [
        "Enter day of the event",
        "Enter when entries open",
    ]


def test_known_times_are_shown_in_their_parts(sent: Sent) -> None:
    form = sent(Times, data={"opens": datetime(2026, 10, 8, 17, 30, tzinfo=UTC), "day": date(2026, 1, 2)})
    assert [part["value"] for part in form.opens.inputs()] == ["8", "10", "2026", "6.30pm"]
    assert [(part["id"], part["name"]) for part in form.day.inputs()] == [
        ("day-day", "day-day"),
        ("day-month", "day-month"),
        ("day-year", "day-year"),
    ]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("9am", time(9)),
        ("9 AM", time(9)),
        ("6.30pm", time(18, 30)),
        ("6:30 p.m.", time(18, 30)),
        ("18:30", time(18, 30)),
        ("0905", time(9, 5)),
        ("12am", time(0)),
        ("12pm", time(12)),
        ("midday", time(12)),
        ("Midnight", time(0)),
    ],
)
def test_times_people_type(typed: str, meant: time) -> None:
    assert read_time(typed) == meant


@pytest.mark.parametrize("typed", ["9", "25:00", "13pm", "0am", "9.60am", "soon", "١٨"])
def test_times_that_are_none(typed: str) -> None:
    with pytest.raises(ValueError, match=r"Enter a time, like 9am or 6\.30pm"):
        read_time(typed)


@pytest.mark.parametrize(
    ("parts", "why"),
    [
        (("", "1", "2026"), "Add the day to the date"),
        (("1", "1", "26"), "Enter the year with four figures"),
        (("x", "1", "2026"), "Enter a real date"),
        (("1", "1", "9" * 20), "Enter a real date"),
    ],
)
def test_dates_that_are_none(parts: tuple[str, str, str], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        read_date(*parts)


def test_a_time_is_shown_as_it_can_be_typed() -> None:
    for at in (time(0), time(9), time(12), time(18, 30)):
        assert read_time(show_time(at)) == at


def test_a_refusal_stands_at_its_field_or_on_top(sent: Sent) -> None:
    form = sent(Texts, {"name": "x", "story": "y"})
    assert form.status == 200
    form.refuse(Refusal("That name is taken", "name"))
    form.refuse(Refusal("Entries closed at 5pm"))
    assert error_summary(form) == [
        {"text": "Entries closed at 5pm", "href": ""},
        {"text": "That name is taken", "href": "#name"},
    ]
    assert form.status == 422


class Several(ChorusForm):
    """A list of fields in a form."""

    emails = FieldList(StringField("Email", validators=[Needed()]), min_entries=2)


def test_errors_in_lists_lead_to_their_fields(sent: Sent) -> None:
    form = sent(Several, {"emails-0": "a", "emails-1": ""})
    assert error_summary(form) == [{"text": "Enter email", "href": "#emails-1"}]


def test_a_form_not_sent_has_no_errors(sent: Sent) -> None:
    assert (error_summary(sent(Texts)), error_summary(None)) == ([], [])


def test_a_form_sent_with_nothing_in_it_counts_as_sent(sent: Sent) -> None:
    form = Texts()
    assert (form.validate_on_submit(), form.status) == (False, 422)


class Room(ChorusForm):
    """A form that is for an action with two arguments."""

    name = StringField("Name", validators=[Needed()])
    capacity = IntegerField("Capacity")
    save = SubmitField("Save")


def carry_out(values: dict[str, str], action: Callable[..., Any]) -> tuple[bool, Room]:
    """A room's form posted with these values, and whether it carried out the action."""
    app = Flask("forms")
    app.config.update(SECRET_KEY="x", WTF_CSRF_ENABLED=False)
    with app.test_request_context("/", method="POST", data=values):
        form = Room()
        return form.carry_out(action, "symphony"), form


def test_a_form_carries_out_its_action() -> None:
    """With the values of its fields by their names, buttons left out; what it returns is kept."""
    done, form = carry_out(
        {"name": " Hall ", "capacity": "12", "save": "Save"}, lambda *about, **values: (about, values)
    )
    assert (done, form.done) == (True, (("symphony",), {"name": "Hall", "capacity": 12}))


def test_a_wrong_form_carries_out_nothing() -> None:
    """The action is not asked."""
    done, form = carry_out({"name": "", "capacity": "12"}, lambda *_, **__: pytest.fail("asked"))
    assert (done, form.errors) == (False, {"name": ["Enter name"]})


def test_a_refused_action_says_why_at_its_field() -> None:
    """And the page is shown again."""

    def action(*_: Any, **__: Any) -> None:
        raise Refused(Refusal("That name is taken", "name"))

    done, form = carry_out({"name": "Hall", "capacity": "12"}, action)
    assert (done, form.done, form.errors, form.status) == (
        False,
        None,
        {"name": ["That name is taken"]},
        422,
    )
