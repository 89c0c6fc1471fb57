"""The history as organisers read it."""

from __future__ import annotations

import pytest

from awards.schemes.queries import scheme_by_slug
from backstage.history.actions import record
from base.database import db
from events.set_up.actions import add_organiser
from events.set_up.queries import event_by_slug
from tests.awards import season
from tests.events.symphony import make_symphony


@pytest.fixture
def house(app, at):
    """An award that Noor runs and an event that Owen runs."""
    season.ready(app)
    owen = season.id_of(app, "Owen Tudor")
    with app.app_context():
        make_symphony()
        add_organiser(None, "symphony", owen)
        db.session.commit()
    at(season.DURING)
    return app


def write(app, scope, count=1, **more):
    """Lines of history in a scheme or event."""
    with app.app_context():
        scheme, event = scheme_by_slug("ppmh").id, event_by_slug("symphony").id
        full = f"scheme:{scheme}" if scope == "scheme" else f"event:{event}"
        for number in range(count):
            about = f"entry:{number}"
            record(more.get("who"), "trial.did_something", full, about, more.get("changes"), ("needs",))
        db.session.commit()


SCHEME, EVENT, ALL = "/awards/ppmh/organise/history", "/events/symphony/organise/history", "/history"
# Who opens which history: (scheme's, event's, all).
READERS = {
    "visitor": (303, 303, 303),
    "priya@example.org": (404, 404, 404),
    "noor@example.org": (200, 404, 404),
    "owen@example.org": (404, 200, 404),
}


def test_only_organisers_read_the_history(house, client, signed_in):
    """Each their own; the administrator reads what was done to Chorus, and no award's."""
    seen = {}
    for who in READERS:
        browser = client if who == "visitor" else signed_in(who)
        seen[who] = tuple(browser.client.get(path).status_code for path in (SCHEME, EVENT, ALL))
    root = signed_in("root@example.org", administrator=True)
    assert seen == READERS
    assert [root.client.get(path).status_code for path in (SCHEME, EVENT, ALL)] == [404, 404, 200]


def test_history_says_who_what_and_what_changed(house, signed_in):
    """Before and after, in words; of a sensitive field only that it changed; newest first."""
    priya = season.id_of(house, "Priya Nair")
    changes = {"title": ("Old", "New"), "needs": ("none", "a hoist"), "asked": (None, 3)}
    write(house, "scheme", who=priya, changes=changes)
    page = signed_in("noor@example.org").open(SCHEME)
    first = page.table("History, newest first")[0]
    assert {name: first[name] for name in ("Who", "What", "About", "Before and after")} == {
        "Who": "Priya Nair",
        "What": "Did something",
        "About": "entry 0",
        "Before and after": "Asked: nothing → 3; Needs: changed; Title: Old → New",
    }
    assert "hoist" not in page.html


def test_history_calls_things_by_their_names(house, signed_in):
    """An award by its name and a person by theirs, not by a number; what is gone keeps its number."""
    with house.app_context():
        scheme, priya = scheme_by_slug("ppmh"), season.id_of(house, "Priya Nair")
        for subject in (f"scheme:{scheme.id}", f"person:{priya}", "entry:99999", "strange"):
            record(None, "trial.did_something", f"scheme:{scheme.id}", subject, {"chair": (False, True)})
        name = scheme.name
        db.session.commit()
    rows = signed_in("noor@example.org").open(SCHEME).table("History, newest first")[:4]
    assert [row["About"] for row in rows] == ["strange", "entry 99999", "Priya Nair", name]
    assert {row["Before and after"] for row in rows} == {"Chair: no → yes"}


def test_history_goes_back_page_by_page(house, signed_in, count_queries):
    """Fifty lines a page; each line once; as many queries for one line as for fifty."""
    browser = signed_in("owen@example.org")
    with count_queries() as few:
        before = len(browser.open(EVENT).table("History, newest first"))
    write(house, "event", count=60)
    with count_queries() as many:
        first = browser.open(EVENT)
    second = first.follow("Older lines")
    shown = [row["About"] for page in (first, second) for row in page.table("History, newest first")]
    assert shown[:60] == [f"entry {number}" for number in range(59, -1, -1)]
    assert (len(first.table("History, newest first")), len(shown)) == (50, 60 + before)
    assert few.count == many.count


@pytest.mark.parametrize("before", ["", "abc", "0", "-1", "9" * 30])
def test_history_with_an_address_of_ones_own_making(house, signed_in, before):
    """A page, whatever stands behind the question mark."""
    assert signed_in("noor@example.org").open(f"{SCHEME}?before={before}").status in (200, 400)
