"""The page-checking browser itself: it must refuse bad pages and send what a person would."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask, redirect, request

from tests.page import BadPage, Browser
from tests.page_checks import problems

Site = tuple[Browser, list[Any]]
GOOD = """<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>{title}</title></head>
<body><main><h1>Your name</h1>{body}</main></body></html>"""


def page(body: str = "", title: str = "Your name - Chorus") -> str:
    """A page that is right except for what is put in."""
    return GOOD.format(body=body, title=title)


def test_a_good_page_has_no_problems() -> None:
    body = """<p>Go <a href="#x">there</a>.</p><h2 id="x">There</h2><label for="a">Age</label><input id="a">
    <svg aria-hidden="true" viewBox="0 0 1 1"><path d="M0 0"/></svg><img src="/a.png" alt="">
    <ul><li>One</li></ul><fieldset><legend>Mark</legend><input type="radio" id="m" name="m">
    <label for="m">One</label></fieldset>
    <form method="post"><input type="hidden" name="csrf_token" value="1">
    <button type="submit">Go</button></form>
    <table><caption>Marks</caption><thead><tr><th scope="col">A</th></tr></thead><tbody></tbody></table>"""
    assert problems(page(body)) == []


BAD = [
    ("<div><p>open", "End tag (main) seen too early"),
    ("</span>", "Unexpected end tag (span)"),
    ("<h1>Again</h1>", "there are 2 h1"),
    ("<h3>Deep</h3>", "h1 is followed by h3"),
    ("<h2></h2>", "a h2 is empty"),
    ('<p id="a">1</p><p id="a">2</p>', "the id 'a' stands 2 times"),
    ('<label for="b">B</label>', "is for 'b', which is no field"),
    ('<label for="c">C</label><input id="c" aria-describedby="d">', "aria-describedby names 'd'"),
    ("<input>", "has no label"),
    ("<textarea></textarea>", "has no label"),
    ('<input type="radio" aria-label="x">', "stands in no fieldset"),
    ("<button>Go</button>", "has no type"),
    ('<button type="submit"></button>', "a button says nothing"),
    ('<form method="post"></form>', "lacks its token"),
    ('<form><input type="hidden" name="csrf_token"></form>', "shows its token"),
    ('<a href="">x</a>', "has no address"),
    ("<a>x</a>", "has no address"),
    ('<a href="/x"></a>', "says nothing"),
    ('<a href="#gone">x</a>', "leads to nothing"),
    ('<img src="/x.png">', "has no alt"),
    ('<img src="https://elsewhere.example/x.png" alt="">', "comes from elsewhere"),
    ('<svg viewBox="0 0 1 1"></svg>', "neither hidden nor named"),
    ('<a href="/x"><button type="button">x</button></a>', "stands inside"),
    ('<button type="button">x<input aria-label="y"></button>', "stands inside"),
    ("<span><div>x</div></span>", "stands inside"),
    ("<ul><div>x</div></ul>", "is a child of a ul"),
    ("<ul></ul>", "is empty"),
    ("<table><tbody></tbody></table>", "has no caption"),
    ("<table><caption>x</caption><tbody><tr><th>x</th></tr></tbody></table>", "has no scope"),
    ('<p style="color:red">x</p>', "has a style attribute"),
    ("<style>p{}</style>", "there is a style in the page"),
    ("<script>1</script>", "there is a script in the page"),
    ('<p onclick="x()">x</p>', "has onclick"),
    ('<a href="javascript:x()">x</a>', "runs a script"),
    ("<p>{{ name }}</p>", "the text holds '{{'"),
    ("<p>&lt;Person object at 0x7f&gt;</p>", "the text holds ' object at 0x'"),
    ('<div class="nhsuk-error-summary">x</div>', "there is an error summary"),
]


@pytest.mark.parametrize(("body", "complaint"), BAD)
def test_a_bad_page_is_refused(body: str, complaint: str) -> None:
    found = problems(page(body))
    assert [one for one in found if complaint in one] != [], found


def test_a_page_of_another_language_is_refused() -> None:
    assert problems(page().replace("en-GB", "de")) == ["the language is 'de', not \"en-GB\""]


@pytest.mark.parametrize(
    ("title", "complaint"),
    [
        ("Your details - Chorus", "lacks the words"),
        (
            "Error: Your name - Chorus",
            "the title is 'Error: Your name - Chorus' and there is no error summary",
        ),
    ],
)
def test_a_title_that_says_something_else_is_refused(title: str, complaint: str) -> None:
    assert [one for one in problems(page(title=title)) if complaint in one] != []


FORM = """<form method="post" action="/sent" enctype="multipart/form-data">
<input type="hidden" name="csrf_token" value="T">
<label for="n">Name</label><input id="n" name="n" value="old">
<label for="long">Story</label><textarea id="long" name="long">
As typed</textarea>
<label for="s">Room</label><select id="s" name="s">
<option value="1">Hall</option>
<option value="2">Studio</option></select>
<fieldset><legend>Mark</legend>
<input type="radio" id="m1" name="m" value="1" checked>
<label for="m1">One</label>
<input type="radio" id="m2" name="m" value="2">
<label for="m2">Two</label></fieldset>
<fieldset><legend>Workshops</legend>
<input type="checkbox" id="w1" name="w" value="1">
<label for="w1">A</label>
<input type="checkbox" id="w2" name="w" value="2" checked>
<label for="w2">B</label>
<input type="checkbox" id="w3" name="w" value="3" disabled>
<label for="w3">C</label></fieldset>
<fieldset><legend>Opens</legend>
<label for="od">Day</label><input id="od" name="od">
<label for="om">Month</label>
<input id="om" name="om">
<label for="oy">Year</label><input id="oy" name="oy">
<label for="ot">Time</label>
<input id="ot" name="ot"></fieldset>
<input type="checkbox" id="ok" name="ok" value="y">
<label for="ok">I agree</label>
<label for="f">Picture</label><input type="file" id="f" name="f">
<button type="submit" name="way" value="save">Save</button>
<button type="submit" name="way" value="on">Go on</button></form>
<table><caption>People</caption><thead><tr><th scope="col">Name</th>
<th scope="col">Do</th></tr></thead><tbody>
<tr><th scope="row">Ann</th>
<td>
<form method="post" action="/sent"><input type="hidden" name="csrf_token" value="T">
<button type="submit" name="who" value="1">Remove<span class="nhsuk-u-visually-hidden"> person</span>
</button></form></td></tr>
<tr><th scope="row">Bo</th>
<td>
<form method="post" action="/sent"><input type="hidden" name="csrf_token" value="T">
<button type="submit" name="who" value="2">Remove<span class="nhsuk-u-visually-hidden"> person</span>
</button></form></td></tr>
</tbody></table>"""


@pytest.fixture
def site() -> Site:
    """A small site that keeps what it was sent."""
    app, sent = Flask("site"), []

    @app.get("/form")
    def form() -> str:
        return page(FORM)

    @app.get("/bad")
    def bad() -> str:
        return page("</span>")

    @app.get("/loop")
    def loop() -> Any:
        return redirect("/loop")

    @app.get("/list.json")
    def listing() -> Any:
        return {"a": 1}

    @app.post("/sent")
    def receive() -> Any:
        files = {name: (file.filename, file.read()) for name, file in request.files.items()}
        sent.append((request.form.to_dict(flat=False), files))
        return redirect("/form?done", 303)

    return Browser(app.test_client()), sent


def test_pressing_a_button_sends_what_the_page_holds_and_what_was_typed(site: Site) -> None:
    browser, sent = site
    after = browser.open("/form").press(
        "Save",
        Name="Ann",
        Story="One\nTwo",
        Room="Studio",
        Mark="Two",
        Workshops=["A"],
        Opens=datetime(2026, 10, 8, 17, 30, tzinfo=UTC),
        Picture=(b"bytes", "me.png"),
        **{"I agree": True},
    )
    assert sent == [
        (
            {
                "csrf_token": ["T"],
                "n": ["Ann"],
                "long": ["One\r\nTwo"],
                "s": ["2"],
                "m": ["2"],
                "w": ["1"],
                "od": ["8"],
                "om": ["10"],
                "oy": ["2026"],
                "ot": ["6.30pm"],
                "ok": ["y"],
                "way": ["save"],
            },
            {"f": ("me.png", b"bytes")},
        )
    ]
    assert (after.status, after.url, browser.trail) == (
        200,
        "/form?done",
        ["303 POST /sent", "200 GET /form?done"],
    )


def test_what_is_not_touched_is_sent_as_it_stands(site: Site) -> None:
    browser, sent = site
    browser.open("/form").press("Go on")
    form, _ = sent[0]
    assert {name: form[name] for name in ("n", "long", "s", "m", "w", "way")} == {
        "n": ["old"],
        "long": ["As typed"],
        "s": ["1"],
        "m": ["1"],
        "w": ["2"],
        "way": ["on"],
    }


def test_a_button_that_stands_several_times_is_found_by_what_is_near(site: Site) -> None:
    browser, sent = site
    browser.open("/form").press("Remove", "Bo")
    assert sent == [({"csrf_token": ["T"], "who": ["2"]}, {})]
    with pytest.raises(LookupError, match="2 buttons say 'Remove'"):
        browser.open("/form").press("Remove")


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({"Nobody": "x"}, "0 fields are called 'Nobody'"),
        ({"Mark": "Three"}, "0 choices of 'Mark' are called 'Three'"),
        ({"Workshops": ["C"]}, "The choice 'C' of 'Workshops' cannot be made"),
        ({"Room": "Attic"}, "0 options are 'Attic'"),
        ({"Opens": "1 2 3 4 5"}, "'Opens' has 4 parts, not 5"),
    ],
)
def test_a_field_that_is_not_there_is_said(site: Site, fields: dict[str, Any], complaint: str) -> None:
    with pytest.raises(LookupError, match=complaint):
        site[0].open("/form").press("Save", **fields)


def test_what_a_page_shows_can_be_read(site: Site) -> None:
    seen = site[0].open("/form")
    assert (seen.h1, seen.title, seen.errors, seen.notices) == ("Your name", "Your name - Chorus", [], [])
    assert seen.table("People") == [
        {"Name": "Ann", "Do": "Remove person"},
        {"Name": "Bo", "Do": "Remove person"},
    ]
    parts = {"Day": "", "Month": "", "Year": "", "Time": ""}
    assert seen.values() == {"Name": "old", "Story": "As typed", **parts}
    assert seen.buttons == ["Save", "Go on", "Remove person", "Remove person"]


def test_a_bad_page_cannot_be_opened(site: Site) -> None:
    with pytest.raises(BadPage, match="Unexpected end tag"):
        site[0].open("/bad")
    with pytest.raises(BadPage, match="Too many redirects"):
        site[0].open("/loop")


def test_what_is_no_page_is_handed_over_unread(site: Site) -> None:
    answer = site[0].open("/list.json")
    assert (answer.status, answer.content_type, answer.body) == (200, "application/json", b'{"a":1}\n')
    with pytest.raises(BadPage, match="not a page"):
        _ = answer.h1


def test_the_check_after_a_get_is_called(site: Site) -> None:
    calls: list[int] = []
    site[0].after_get = lambda: calls.append(1)
    site[0].open("/form").press("Save")
    assert len(calls) == 2


def test_cells_over_several_rows_and_columns_stand_in_each() -> None:
    app = Flask("spans")

    @app.get("/")
    def spans() -> str:
        return page(
            '<table><caption>Day</caption><thead><tr><th scope="col">At</th><th scope="col">Hall</th>'
            '<th scope="col">Studio</th></tr></thead><tbody>'
            '<tr><th scope="row">9am</th><td colspan="2">All</td></tr>'
            '<tr><th scope="row">10am</th><td rowspan="2">Long</td><td>Short</td></tr>'
            '<tr><th scope="row">11am</th><td>Other</td></tr></tbody></table>'
        )

    assert Browser(app.test_client()).open("/").table("Day") == [
        {"At": "9am", "Hall": "All", "Studio": "All"},
        {"At": "10am", "Hall": "Long", "Studio": "Short"},
        {"At": "11am", "Hall": "Long", "Studio": "Other"},
    ]
