"""Every route, walked by everybody, against the table in tests/structure/permission_walk.py."""

from __future__ import annotations

import dataclasses
import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from base import settings
from base.access import permissions
from outside import clock
from tests.structure.permission_walk import FIXED, FOREIGN, FROM_THE_WORLD, NAMED, SENT, WALK
from tests.structure.reading import code_files, strings_given_to, template_texts
from tests.structure.world import PEOPLE, World, make_world, moment
from website.factory import create_app
from website.transactions import Chorus

EVERYBODY = ("visitor", *PEOPLE)
# A missing method is no page, so these are what a page may answer to somebody who may open it.
OPENS = (200, 204, 302, 303, 409, 422, 503)


@pytest.fixture
def world(app: Chorus, monkeypatch: pytest.MonkeyPatch) -> World:
    """The world, in which forms need no token: that is a test of its own."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
    return make_world(app)


def every_route(app: Chorus) -> list[Rule]:
    """Every route but that of the built files."""
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]


def not_filled(rule: Rule) -> set[str]:
    """The parts of a route's address that nobody knows how to fill."""
    return rule.arguments - {*FIXED, *FROM_THE_WORLD, *NAMED.get(rule.endpoint, {})}


def routes(app: Chorus) -> list[Rule]:
    """Every route that can be walked; test_every_route_is_walked says what the others lack."""
    return [rule for rule in every_route(app) if rule.endpoint in WALK and not not_filled(rule)]


def browsers(app: Chorus, world: World) -> dict[str, FlaskClient]:
    """A browser for every role, the visitor's first."""
    made = {"visitor": app.test_client()}
    for role, device in world.devices.items():
        made[role] = app.test_client()
        with made[role].session_transaction() as session:
            session["device"] = device
    return made


def address(app: Chorus, rule: Rule, values: dict[str, object], renamed: bool = True) -> str:
    """A route's address, filled with these values, where `renamed` under the names of the table's NAMED."""
    named = NAMED.get(rule.endpoint, {}) if renamed else {}
    filled = {**FIXED, **values, **{name: values[value] for name, value in named.items()}}
    adapter = app.url_map.bind("localhost")
    return adapter.build(rule.endpoint, {name: filled[name] for name in rule.arguments})


def what_happens(browser: FlaskClient, rule: Rule, method: str, path: str, **data: Any) -> str:
    """What somebody sees: "opens", "sign in" or "not here"."""
    with clock.freeze(moment(rule.endpoint)):
        answer = browser.open(path, method=method, data=data or None)
    answer.close()
    if answer.status_code == 404:
        return "not here"
    if answer.status_code == 303 and answer.headers["Location"].partition("?")[0] == "/sign-in":
        return "sign in"
    assert answer.status_code in OPENS, f"{method} {path}: {answer.status}"
    return "opens"


def first_method(rule: Rule) -> str:
    """GET, or POST where a route has nothing to look at."""
    return "GET" if "GET" in (rule.methods or ()) else "POST"


def test_every_route_is_walked(app):
    """All other walks leave out what this one finds: a new page fails here only, and in words."""
    rules = every_route(app)
    lacking = [
        f'add "{rule.endpoint}": (roles,) to WALK in tests/structure/permission_walk.py: who may open it?'
        for rule in rules
        if rule.endpoint not in WALK
    ]
    lacking += [
        f'add "{name}", which {rule.endpoint} has in its address, to FROM_THE_WORLD in '
        f'tests/structure/permission_walk.py and give world.own["{name}"] a value in tests/structure/world.py'
        for rule in rules
        for name in sorted(not_filled(rule))
    ]
    gone = set(WALK) - {rule.endpoint for rule in rules}
    lacking += [f'take "{name}" out of WALK in tests/structure/permission_walk.py' for name in sorted(gone)]
    if lacking:
        pytest.fail("\n".join(lacking), pytrace=False)


def test_everybody_may_open_what_the_table_says(app, world):
    """Who may, opens it; a visitor is asked to sign in; anybody else sees a page that does not exist."""
    walkers = browsers(app, world)
    wrong = []
    for rule in routes(app):
        method, path = first_method(rule), address(app, rule, world.own)
        data = {name: world.own[value] for name, value in SENT.get(rule.endpoint, {}).items()}
        seen = {role: what_happens(walkers[role], rule, method, path, **data) for role in EVERYBODY}
        shut = {role: "sign in" if role == "visitor" else "not here" for role in EVERYBODY}
        may = tuple(role for role in EVERYBODY if seen[role] == "opens")
        assert seen == {**shut, **dict.fromkeys(may, "opens")}, rule.endpoint
        if may != WALK[rule.endpoint]:
            wrong.append(f"{rule.endpoint}: WALK says {WALK[rule.endpoint]}, but it opens for {may}")
    if wrong:
        pytest.fail("\n".join(wrong), pytrace=False)


def test_nobody_may_send_what_they_may_not_open(app, world):
    """The form of a page one may not open changes nothing, however it is sent."""
    walkers = browsers(app, world)
    wrong = []
    for rule in routes(app):
        if "POST" not in (rule.methods or ()):
            continue
        path = address(app, rule, world.own)
        for role in set(EVERYBODY) - set(WALK[rule.endpoint]):
            seen = what_happens(walkers[role], rule, "POST", path, submit="yes")
            if seen != ("sign in" if role == "visitor" else "not here"):
                wrong.append((rule.endpoint, role, seen))
    assert wrong == []


def test_owners_reach_only_what_is_theirs(app, world):
    """The address of one's own scheme, event or organisation, with somebody else's thing in it."""
    walkers = browsers(app, world)
    untried, wrong = set(), []
    for rule in routes(app):
        if len(WALK[rule.endpoint]) >= len(PEOPLE) or not rule.arguments:
            continue
        untried.add(rule.endpoint)
        for role in sorted(set(FOREIGN) & set(WALK[rule.endpoint])):
            foreign = FOREIGN[role]
            for name in rule.arguments & set(foreign):
                path = address(app, rule, {**world.own, name: world.other[foreign[name]]}, renamed=False)
                untried.discard(rule.endpoint)
                if what_happens(walkers[role], rule, first_method(rule), path) != "not here":
                    wrong.append((rule.endpoint, role, name))
    assert wrong == [], "these roles reach what belongs to somebody else"
    assert untried == set(), "say in FOREIGN (permission_walk.py) what of somebody else's to put into these"


def test_every_permission_is_used_and_every_use_exists(app):
    """By a route's @allow, or by a `may(…)` or `allowed(…)` in code or templates."""
    asked = {
        view.permission
        for view in app.view_functions.values()
        if getattr(view, "permission", None) is not None
    }
    asked |= strings_given_to(code_files(), ("may",), position=1)
    asked |= {name for text in template_texts() for name in allowed_in(text)}
    with app.app_context():
        assert sorted(asked) == sorted(permissions())


def allowed_in(template: str) -> list[str]:
    """The permissions that a template asks for."""
    return re.findall(r"""allowed\(\s*["']([a-z_.]+)["']""", template)


def test_every_route_says_who_may(app):
    """Each view has a permission or a reason to be public, and never both."""
    said = {
        rule.endpoint: [
            bool(getattr(app.view_functions[rule.endpoint], name, "")) for name in ("permission", "public")
        ]
        for rule in every_route(app)
    }
    assert {name: both for name, both in said.items() if sorted(both) != [False, True]} == {}


def test_only_the_demonstration_has_more_pages(app, test_settings):
    """Its own, each public for a reason that it states, and all below /demo."""
    own = {rule.endpoint for rule in every_route(app)}
    demo = create_app(dataclasses.replace(test_settings, mode="demo"))
    more = {rule.endpoint: rule.rule for rule in every_route(demo) if rule.endpoint not in own}
    settings.use(test_settings)
    assert {name: path for name, path in more.items() if not path.startswith("/demo")} == {}
    assert [name for name in more if not getattr(demo.view_functions[name], "public", "")] == []


def test_a_permission_has_the_name_of_its_view(app):
    """`judging.score_entry` guards `judging.score_entry`: found at once."""
    named = {
        rule.endpoint: app.view_functions[rule.endpoint].permission
        for rule in every_route(app)
        if getattr(app.view_functions[rule.endpoint], "permission", None)
    }
    assert {name: permission for name, permission in named.items() if name != permission} == {}


def test_every_form_needs_its_token(app):
    """A POST without one is refused before anything else looks at it, whoever sends it."""
    world = make_world(app)
    walkers = browsers(app, world)
    answered = {}
    for rule in routes(app):
        if "POST" in (rule.methods or ()):
            path = address(app, rule, world.own)
            roles = {"visitor", *WALK[rule.endpoint][-1:]}
            answered[rule.endpoint] = {walkers[role].post(path).status_code for role in roles}
    assert {name: statuses for name, statuses in answered.items() if statuses != {419}} == {}
