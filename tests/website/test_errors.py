"""What people see when something cannot be done, and what the log keeps of it."""

from __future__ import annotations

import logging

import pytest
from sqlalchemy import insert

from accounts.people.models import Person
from base.database import db
from base.errors import Refusal, Refused
from outside import clock
from tests.page import Browser
from tests.website.scratch import send

WHO = f"maya{chr(64)}example.org"


FORM = "application/x-www-form-urlencoded"
LIVE = {"mode": "live", "smtp_url": "smtp://127.0.0.1:9"}


@pytest.mark.parametrize(
    ("method", "path", "status", "h1"),
    [
        ("GET", "/nowhere", 404, "We cannot find that page"),
        ("GET", "/organisations/no-such/join", 303, ""),
        ("POST", "/me", 405, None),
    ],
)
def test_what_is_not_here(client, method, path, status, h1):
    """Pages of ours with a way on."""
    answer = client.client.open(path, method=method)
    assert answer.status_code == status
    if h1:
        assert client.open(path).h1 == h1
        assert client.open(path).links["Go to the front page"] == "/"


def test_not_allowed_looks_like_not_there(signed_in):
    """The same page for an organisation that exists and for one that does not."""
    signed_in("lead@example.org").open("/organisations/start").press(
        "Start this organisation",
        **{
            "Name of the organisation": "Quiet Trust",
            "What kind of organisation is it?": "Charity",
            "Where does it work?": "London",
        },
    )
    stranger = signed_in("stranger@example.org")
    there, not_there = (stranger.open(f"/organisations/{slug}") for slug in ("quiet-trust", "no-such"))
    assert (there.status, there.html) == (404, not_there.html)
    assert "Quiet" not in there.html


def test_a_refusal_without_a_form_says_why(scratch):
    """The rule's own words."""

    def full():
        raise Refused(Refusal("The workshop is full"))

    page = send(scratch(full=full), "full")
    assert (page.status, "The workshop is full" in page.text) == (409, True)


def test_a_page_that_is_too_old_gives_back_what_was_typed(client, app):
    """Texts are there to be copied; short values, addresses and tokens are not shown."""
    typed = "We met every week for a year,\nand wrote down what we heard."
    page = client.send("/sign-in", {"answer": typed, "email": "a@example.org", "csrf_token": "old" * 10})
    assert (page.status, page.h1) == (419, "This page was open for too long")
    assert page.html.count("<textarea") == 1
    assert "We met every week for a year,\nand wrote down" in page.html


def test_a_page_that_is_too_old_knows_who_has_signed_in(signed_in):
    """It is their page, and kept nowhere."""
    page = signed_in("maya@example.org").send("/me/name", {"name": "Maya"})
    assert (page.status, "Maya" in page.links, page.headers["Cache-Control"]) == (419, True, "no-store")


def test_a_mistake_of_ours_is_a_page_and_a_log_line_without_words(scratch, caplog):
    """The class, the endpoint and the places in the code; nothing that a person wrote."""

    def broken():
        raise ValueError(f"{WHO} wrote this")

    def unique():
        for _ in range(2):
            db.session.execute(insert(Person).values(email=WHO, joined_at=clock.now()))

    made = scratch(LIVE, broken=broken, unique=unique)
    with caplog.at_level(logging.WARNING):
        pages = [send(made, name) for name in ("broken", "unique")]
    assert [(page.status, page.h1) for page in pages] == [(500, pages[0].h1)] * 2
    assert "Traceback" not in pages[0].html
    said = [record.getMessage().splitlines()[0] for record in caplog.records]
    assert said == ["broken at scratch.broken: ValueError", "broken at scratch.unique: IntegrityError"]
    assert "in unique" in caplog.text
    assert WHO not in caplog.text


def test_something_too_large_is_said(app, client):
    """13 megabytes."""
    answer = client.client.post("/sign-in", data=b"x" * 13 * 1024**2, content_type=FORM)
    assert answer.status_code == 413


def test_a_program_gets_json(client):
    """Autosave and progress bars ask for it."""
    answer = client.client.get("/nowhere", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json) == (404, {"error": 404})


def test_sign_in_needed_leads_back_to_pages_that_can_be_opened(client):
    """A POST cannot be opened again: after signing in one lands on one's own page."""
    assert client.client.get("/me/name?x=1").headers["Location"] == "/sign-in?onward=/me/name?x%3D1"
    token = client.open("/sign-in").html.partition('name="csrf_token" value="')[2].partition('"')[0]
    answer = client.client.post("/me/name", data={"csrf_token": token})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/sign-in")


@pytest.mark.parametrize("number", [400, 403, 404, 405, 409, 413, 419, 429, 500, 503])
def test_every_error_page_is_a_good_page(scratch, number):
    """Each opens, with one h1, a title and a way on; not for search engines."""
    from flask import render_template

    def show():
        return render_template(f"errors/{number}.html", why="Because", texts=["A text"]), number

    page = Browser(scratch(show=show).test_client()).open("/scratch/show")
    assert (page.status, page.title, page.links["Go to the front page"]) == (
        number,
        f"{page.h1} - Chorus",
        "/",
    )
    assert '<meta name="robots" content="noindex">' in page.html
