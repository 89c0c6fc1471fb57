"""The demonstration's pages."""

from __future__ import annotations

from outside import clock
from tests.page import Browser
from website.demo.rules import CHARACTERS, THINGS_TO_TRY
from website.transactions import Chorus


def test_index_lists_people_and_ten_things_to_try(demo: Browser) -> None:
    page = demo.open("/demo")
    people = [(row["Name"], row["Role"]) for row in page.table("People of the demonstration")]
    assert people == [(one.name, one.role) for one in CHARACTERS]
    assert [page.links[thing.what] for thing in THINGS_TO_TRY] == [thing.url for thing in THINGS_TO_TRY]


def test_every_thing_to_try_leads_somewhere(demo: Browser) -> None:
    for thing in THINGS_TO_TRY:
        page = demo.open("/demo")
        if thing.who != "a visitor":
            page.press(f"Sign in as {thing.who}")
        assert (thing.url, demo.open(thing.url).status) == (thing.url, 200)


def test_sign_in_as_each_person_with_one_press(demo: Browser) -> None:
    for one in CHARACTERS:
        page = demo.open("/demo").press(f"Sign in as {one.name}")
        assert (page.status, page.notices) == (
            200,
            [f"You are {one.name} now: {one.role[:1].lower()}{one.role[1:]}."],
        )


def test_sign_in_as_somebody_outside_the_story_is_refused(demo: Browser) -> None:
    tree = demo.open("/demo").tree
    assert tree is not None
    token = tree.xpath('//input[@name="csrf_token"]/@value')[0]
    page = demo.send("/demo/sign-in", {"email": "somebody@example.org", "csrf_token": token})
    assert page.status == 404


def test_move_clock_and_back(demo: Browser) -> None:
    before = clock.wall_clock()
    page = demo.open("/demo").press("Go there Just before entries close")
    assert (clock.wall_clock() > before, page.h1) == (True, "The demonstration")
    demo.open("/demo").press("Back to the true time")
    assert abs((clock.wall_clock() - before).total_seconds()) < 60


def test_reset_puts_everything_back(demo: Browser) -> None:
    demo.open("/demo").press("Sign in as Tom Adeyemi")
    demo.open("/me/name").press("Save name", **{"Your name": "Somebody else"})
    page = demo.open("/demo").press("Begin again: put everything back")
    assert page.notices == ["Everything is as it was in the beginning. You are signed out."]
    demo.open("/demo").press("Sign in as Tom Adeyemi")
    assert demo.open("/me").h1 == "Hello Tom Adeyemi"


def test_mail_is_shown_as_its_reader_sees_it(demo: Browser) -> None:
    demo.open("/sign-in").press("Send me a code", **{"Email address": "new@example.org"})
    mails = demo.open("/demo/mail").table("Mail, newest first")
    assert mails[0]["To"] == "new@example.org"
    page = demo.open(demo.open("/demo/mail").links[mails[0]["Subject"]])
    assert page.h1 == mails[0]["Subject"]
    page = demo.open(page.links["Open this on Chorus"].removeprefix("http://localhost"))
    assert page.h1 == "Sign in with this link"
    assert page.press("Sign in").h1 == "Hello New"


def test_only_the_demonstration_has_these_pages(client: Browser) -> None:
    assert [client.open(path).status for path in ("/demo", "/demo/mail")] == [404, 404]


def test_every_page_says_that_it_is_a_demonstration(demo: Browser, demo_app: Chorus) -> None:
    for path in ("/", "/demo", "/awards/ppmh", "/sign-in", "/nothing-here"):
        assert "This is a demonstration." in demo.open(path).text
