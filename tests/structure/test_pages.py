"""Every page, opened by somebody who may, and by those who have nothing here yet."""

from __future__ import annotations

from tests.conftest import make_browser
from tests.structure.permission_walk import WALK
from tests.structure.test_permissions import address, first_method, routes
from tests.structure.world import make_world, moment


def test_every_page_is_good_html_and_changes_nothing(app, at):
    """Opened by the last who may, followed through redirects, checked by the page-checking client.

    That a GET writes nothing is PostgreSQL's own word: its transaction is READ ONLY.
    """
    world = make_world(app)
    opened = {}
    for rule in routes(app):
        if first_method(rule) != "GET":
            continue
        role = WALK[rule.endpoint][-1]
        browser = make_browser(app)
        if role in world.devices:
            with browser.client.session_transaction() as session:
                session["device"] = world.devices[role]
        at(moment(rule.endpoint))
        page = browser.open(address(app, rule, world.own))
        opened[rule.endpoint] = page.status
    # Nobody works behind the pages of a test, and /health says so.
    assert {name: status for name, status in opened.items() if status != 200} == {"home.health": 503}


def test_pages_without_arguments_open_or_ask_to_sign_in(app, client):
    """For a visitor on an empty Chorus: nothing breaks where there is nothing."""
    seen = {}
    for rule in routes(app):
        if first_method(rule) == "GET" and not rule.arguments and rule.endpoint != "home.health":
            page = client.open(rule.rule)
            seen[rule.endpoint] = (page.status, page.h1)
    asked = {name for name, (_, h1) in seen.items() if h1 == "Sign in"}
    public = {name for name in seen if WALK[name][0] == "visitor"}
    assert {status for status, _ in seen.values()} == {200}
    assert set(seen) - public | {"sign_in.ask_to_sign_in", "sign_in.enter_code"} == asked


def test_pages_of_one_who_has_nothing_yet(app, signed_in):
    """Somebody new, on an empty Chorus: every page that everybody has opens."""
    browser = signed_in("new@example.org")
    seen = {}
    for rule in routes(app):
        if first_method(rule) == "GET" and not rule.arguments and len(WALK[rule.endpoint]) > 5:
            seen[rule.endpoint] = browser.open(rule.rule).status
    assert {name: status for name, status in seen.items() if status != 200} == {"home.health": 503}
