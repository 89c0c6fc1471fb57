"""The pages above awards and events."""

from __future__ import annotations

from base.database import db
from base.display import capital
from events.set_up.actions import add_organiser
from tests.awards import season
from tests.conftest import make_browser
from tests.events.symphony import THREE_WEEKS_BEFORE, make_symphony
from website.generated import personal_data


def test_front_on_an_empty_chorus(client):
    """Nothing is on; the page still opens and leads on."""
    page = client.open("/")
    assert (page.status, [link for link in ("Awards", "Events", "Sign in") if link in page.links]) == (
        200,
        ["Awards", "Events", "Sign in"],
    )


def test_front_shows_what_is_on(app, client, at):
    """An award that is open and an event to come, each with its link."""
    season.ready(app)
    with app.app_context():
        make_symphony()
    at(season.DURING)
    page = client.open("/")
    assert {"/awards/ppmh", "/events/symphony"} <= set(page.links.values())


def test_lists_take_a_constant_number_of_queries(app, client, at, count_queries):
    """With one award and event, and with four of each."""
    at(THREE_WEEKS_BEFORE)
    season.ready(app)
    with app.app_context():
        make_symphony()
    counted = {}
    for size in (1, 4):
        with app.app_context():
            for number in range(2, size + 1):
                season.make_scheme(f"award-{number}")
                make_symphony(f"event-{number}")
        for path in ("/", "/awards", "/events"):
            with count_queries() as sent:
                assert client.open(path).status == 200
            counted[path, size] = sent.count
    assert counted == {
        ("/", 1): 2,
        ("/", 4): 2,
        ("/awards", 1): 1,
        ("/awards", 4): 1,
        ("/events", 1): 1,
        ("/events", 4): 1,
    }


def test_mine_shows_what_one_does_here(app, signed_in, at):
    """Entries, awards and events that one runs; nobody else's."""
    season.ready(app)
    reference = season.make_entry(app, title="Zokens")
    with app.app_context():
        make_symphony()
    noor = season.id_of(app, "Noor Haddad")
    with app.app_context():
        add_organiser(None, "symphony", noor)
        db.session.commit()
    at(season.DURING)
    writer, organiser = signed_in("priya@example.org").open("/me"), signed_in("noor@example.org").open("/me")
    assert [one.links.get("Zokens") for one in (writer, organiser)] == [f"/entries/{reference}", None]
    runs = {address for address in organiser.links.values() if address.endswith("/organise")}
    assert runs == {"/awards/ppmh/organise", "/events/symphony/organise"}
    assert [address for address in writer.links.values() if address.endswith("/organise")] == []


def test_privacy_lists_every_personal_column(client):
    """From the tables themselves: nothing is kept that is not on the page."""
    shown = [row["What"] for row in client.open("/privacy").table("What is kept about people")]
    assert shown == [capital(one["what"]) for one in personal_data()]


def test_accessibility_is_for_everybody(app):
    """A page of its own, linked from every page."""
    page = make_browser(app).open("/sign-in").follow("Accessibility")
    assert page.status == 200
