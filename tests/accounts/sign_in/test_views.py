"""Signing in through the pages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from accounts.sign_in.models import Device, SignInRequest
from base.database import db
from tests.accounts.sign_in.asking import ask, letters, type_code
from tests.conftest import make_browser

START = datetime(2026, 9, 17, 9, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)
MOMENT = timedelta(microseconds=1)
MAYA = "maya@example.org"


def rows(app, what):
    """Rows as (or columns of) a select gives them, read outside any request."""
    with app.app_context():
        return [tuple(row) for row in db.session.execute(what).all()]


def test_ask_to_sign_in_answers_the_same_for_known_and_unknown_addresses(app, client, person):
    """Nobody learns who has an account here: page, headers and mail are alike."""
    person("known@example.org", "Known Person")
    answers = {}
    for address in ("known@example.org", "other@example.org"):
        browser = make_browser(app)
        page, _ = ask(app, browser, address)
        headers = {name: value for name, value in page.headers.items() if name not in ("Set-Cookie", "Date")}
        answers[address] = (browser.trail, page.status, page.text.replace(address, "X"), headers)
    assert answers["known@example.org"] == answers["other@example.org"]
    assert [one.recipient for one in letters(app)] == ["known@example.org", "other@example.org"]


def test_use_code_signs_in(app, client):
    """The code from the mail, typed as it stands there, opens one's own page."""
    page, letter = ask(app, client, "  Maya@Example.ORG ")
    assert (page.h1, letter.recipient) == ("Look into your email", MAYA)
    landed = type_code(page, letter.code)
    assert (landed.status, landed.url, landed.h1) == (200, "/me", "Hello Maya")


def test_use_link_signs_in_only_when_the_button_is_pressed(app, client):
    """Mail scanners open links: opening it ten times uses nothing up, pressing does."""
    _, letter = ask(app, client, MAYA)
    other = make_browser(app)
    for _ in range(10):
        page = other.open(letter.path)
        assert (page.status, page.h1) == (200, "Sign in with this link")
    assert rows(app, select(Device.id)) == []
    assert page.press("Sign in").h1 == "Hello Maya"


def test_use_link_works_once(app, client):
    """The second press, in whatever browser, is refused and leads to a new link."""
    _, letter = ask(app, client, MAYA)
    first, second = make_browser(app).open(letter.path), make_browser(app).open(letter.path)
    assert first.press("Sign in").url == "/me"
    refused = second.press("Sign in")
    assert (refused.status, refused.h1) == (422, "This link no longer works")
    assert refused.errors == ["This link has been used. Ask for a new one"]
    assert make_browser(app).open(letter.path).h1 == "This link no longer works"
    assert len(rows(app, select(Device.id))) == 1


def test_the_code_no_longer_works_when_the_link_was_used(app, client):
    """One mail lets in one browser, by code or by link."""
    page, letter = ask(app, client, MAYA)
    make_browser(app).open(letter.path).press("Sign in")
    assert type_code(page, letter.code).errors == ["This code has been used. Ask for a new one"]


def test_a_code_of_an_earlier_mail_of_the_hour_works(app, client, at):
    """Mail is slow: who asks eight times may type the first code that arrives."""
    at(START)
    _, first = ask(app, client, MAYA)
    for minutes in range(1, 8):
        at(START + timedelta(minutes=minutes))
        page, _ = ask(app, client, MAYA)
    assert len(letters(app)) == 8
    at(START + HOUR - MOMENT)
    assert type_code(page, first.code).h1 == "Hello Maya"


def test_a_code_works_only_in_the_browser_that_asked(app, client):
    """Somebody who asks for Maya's address elsewhere cannot use the code that Maya asked for."""
    _, hers = ask(app, client, MAYA)
    page, _ = ask(app, make_browser(app), MAYA)
    assert type_code(page, hers.code).errors == [
        "That code is not right, or it has expired. Check it, or ask for a new one"
    ]


@pytest.mark.parametrize(
    ("when", "lands_on"), [(START + HOUR - MOMENT, "/me"), (START + HOUR, "/sign-in/code")]
)
def test_the_code_expires_at_exactly_one_hour(app, client, at, when, lands_on):
    """One microsecond before the hour it works, at the hour it does not."""
    at(START)
    page, letter = ask(app, client, MAYA)
    at(when)
    assert type_code(page, letter.code).url == lands_on


@pytest.mark.parametrize(("when", "status"), [(START + HOUR - MOMENT, 200), (START + HOUR, 422)])
def test_the_link_expires_at_exactly_one_hour(app, client, at, when, status):
    """The same for the link, for who had its page open."""
    at(START)
    _, letter = ask(app, client, MAYA)
    page = make_browser(app).open(letter.path)
    at(when)
    assert page.press("Sign in").status == status


def test_fifteen_wrong_codes_lock_the_code_but_not_the_link(app, client):
    """Nobody can guess, nobody can lock Maya out. Tries are kept although the page shows an error."""
    page, letter = ask(app, client, MAYA)
    for tries in range(1, 16):
        page = type_code(page, letter.wrong_code)
        assert (page.status, page.title.partition(":")[0]) == (422, "Error")
        assert rows(app, select(SignInRequest.attempts)) == [(tries,)]
    locked = type_code(page, letter.code)
    assert locked.errors == ["Too many wrong codes. Use the button in the email instead, or wait an hour"]
    assert rows(app, select(SignInRequest.attempts)) == [(15,)]
    assert make_browser(app).open(letter.path).press("Sign in").url == "/me"


def test_a_new_code_within_the_hour_gives_no_new_tries(app, client, at):
    """The count belongs to the address; an hour after the tries the codes work again."""
    at(START)
    page, letter = ask(app, client, MAYA)
    for _ in range(15):
        page = type_code(page, letter.wrong_code)
    at(START + HOUR - MOMENT)
    page, letter = ask(app, client, MAYA)
    assert type_code(page, letter.code).status == 422
    at(START + HOUR)
    assert type_code(page, letter.code).url == "/me"


def test_the_ninth_mail_of_an_hour_is_not_written(app, client):
    """The page says the same; the address is not flooded."""
    for _ in range(9):
        page, _ = ask(app, client, MAYA)
    assert (page.h1, len(letters(app))) == ("Look into your email", 8)


def test_onward_leads_back_to_the_page_one_wanted(app, client):
    """Opening a page of one's own as a visitor leads through sign-in back to it."""
    page = client.open("/organisations?name=Mersey")
    assert page.url == "/sign-in?onward=/organisations?name%3DMersey"
    landed = page.press("Send me a code", **{"Email address": MAYA})
    assert type_code(landed, letters(app)[-1].code).url == "/organisations?name=Mersey"


@pytest.mark.parametrize(
    "evil", ["//host.example/", "/\\host.example", "/\t/host.example", "https://host.example"]
)
def test_onward_to_another_host_leads_to_ones_own_page(app, client, evil):
    """A forged address of the sign-in page sends nobody elsewhere, by code or by link."""
    page, letter = ask(app, client, MAYA, onward=evil)
    assert type_code(page, letter.code).url == "/me"
    _, letter = ask(app, make_browser(app), MAYA, onward=evil)
    assert make_browser(app).open(letter.path).press("Sign in").url == "/me"


def test_signing_in_begins_a_new_session(app, client):
    """What was in the cookie before (put there by somebody else, perhaps) is gone afterwards."""
    page, letter = ask(app, client, MAYA)
    with client.client.session_transaction() as session:
        session["planted"] = "by somebody else"
        before = session["csrf_token"]
    type_code(page, letter.code)
    with client.client.session_transaction() as session:
        assert sorted(key for key in session if key != "csrf_token") == ["_permanent", "device"]
        assert session.get("csrf_token") != before


def test_a_device_is_remembered_for_exactly_thirty_days(app, client, at):
    """Until then one stays signed in; from then on one is a visitor."""
    at(START)
    page, letter = ask(app, client, MAYA)
    type_code(page, letter.code)
    at(START + timedelta(days=30) - MOMENT)
    assert client.open("/me").status == 200
    assert client.trail == ["200 GET /me"]
    at(START + timedelta(days=30))
    assert client.open("/me").h1 == "Sign in"


def test_sign_out_ends_this_device_and_no_other(app, client):
    """The cookie kept from before signs nobody in; the other browser stays."""
    browsers = [make_browser(app), make_browser(app)]
    for browser in browsers:
        page, letter = ask(app, browser, MAYA)
        type_code(page, letter.code)
    here, there = browsers
    with here.client.session_transaction() as session:
        kept = session["device"]
    left = here.open("/sign-out").press("Sign out")
    assert (left.url, left.notices) == ("/", ["You have signed out."])
    with here.client.session_transaction() as session:
        session["device"] = kept
    assert here.open("/me").h1 == "Sign in"
    assert there.open("/me").h1 == "Hello Maya"


def test_the_cookie_is_for_this_site_only(app, client):
    """Out of reach of scripts, not sent along by other sites' forms."""
    page = client.client.post("/sign-in", data={"email": MAYA, "csrf_token": "x"})
    assert page.status_code == 419
    cookie = client.client.get("/sign-in").headers["Set-Cookie"]
    assert sorted(part.strip() for part in cookie.split(";")[1:]) == ["HttpOnly", "Path=/", "SameSite=Lax"]


def test_secrets_are_kept_as_hashes_only(app, client):
    """Neither code, link, cookie nor reference stands in the tables of sign-in."""
    page, letter = ask(app, client, MAYA)
    secrets = [letter.code.replace(" ", ""), letter.path.rpartition("/")[2]]
    type_code(page, letter.code)
    with client.client.session_transaction() as session:
        secrets.append(session["device"])
    kept = rows(app, select(SignInRequest.__table__)) + rows(app, select(Device.__table__))
    words = " ".join(str(value) for row in kept for value in row)
    assert (len(kept), [one for one in secrets if one in words]) == (2, [])


def test_the_page_of_a_link_is_kept_nowhere_and_tells_nobody_its_address(app, client):
    """The address is the secret: no Referer, no cache, no index."""
    _, letter = ask(app, client, MAYA)
    page = make_browser(app).open(letter.path)
    kept = [page.headers[name] for name in ("Referrer-Policy", "Cache-Control")]
    assert kept == ["no-referrer", "no-store"]
    assert '<meta name="robots" content="noindex">' in page.html


def test_an_unknown_link_is_a_page_that_does_not_exist(client):
    """The same answer as for any other address that is not here."""
    assert client.open("/sign-in/link/" + "A" * 32).status == 404


def test_enter_code_needs_a_browser_that_asked(client):
    """Without having asked there is nothing to type."""
    assert client.open("/sign-in/code").url == "/sign-in"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Enter your email address"),
        ("maya", "Enter an email address like name@example.org"),
        ("maya@", "Enter an email address like name@example.org"),
        ("a" * 245 + "@example.org", "Enter a shorter email address"),
    ],
)
def test_a_wrong_address_is_said_beside_the_field_and_stays_typed(client, typed, said):
    """One message, what was typed still there, no mail."""
    page = client.open("/sign-in").press("Send me a code", **{"Email address": typed})
    assert (page.status, page.errors, page.values()["Email address"]) == (422, [said], typed)
    assert page.title == "Error: Sign in - Chorus"
