"""Strange addresses and strange forms, sent to every page by those who may open it: never an error of ours.

An exception that no handler takes comes through to the test, so that its place is seen.
"""

from __future__ import annotations

import ast
import inspect
from pathlib import Path
from urllib.parse import quote

import pytest
from lxml import html
from werkzeug.routing import Rule

from base.database import db
from outside import clock
from tests.awards import season
from tests.structure.permission_walk import WALK
from tests.structure.reading import calls
from tests.structure.test_permissions import address, browsers, first_method, routes
from tests.structure.world import make_world, moment

STRANGE = (
    "",
    " ",
    "\x00",
    "a\x00b",
    "-1",
    "2147483648",
    "9" * 40,
    "1e400",
    "NaN",
    "٣",
    "true",
    "../../etc/passwd",
    "%s%n{0}{{7*7}}",
    "' OR 1=1 --",
    "<script>alert(1)</script>",
    "\u202e\u0000\ufeff",
    "\ud83d",
    "x" * 30_000,
    "\r\nSet-Cookie: a=b",
    "2026-02-30",
)
IN_ADDRESSES = ("\x00", "-1", "9" * 40, "../../me", "%s%n{{7*7}}", "' OR 1=1 --", "\u202e\ufeff", "x" * 400)
# One question of each type.
KEYS = ("summary", "evidence", "photo", "link")
# What a page may answer to what makes no sense. 413 is for what is too large to be read at all.
ANSWERS = {200, 204, 302, 303, 308, 400, 404, 409, 413, 422}


@pytest.fixture
def world(app, monkeypatch):
    """The world, in which forms need no token."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
    return make_world(app)


def send(app, browser, rule: Rule, method: str, path: str, when=None, **how) -> str:
    """ "" where the answer is one that a page may give, else what happened instead."""
    try:
        with clock.freeze(when or moment(rule.endpoint)):
            answer = browser.open(path, method=method, **how)
        answer.close()
    except Exception as error:  # noqa: BLE001 - all of them are what this test looks for
        with app.app_context():
            db.session.rollback()
        return f"{type(error).__name__}: {error}"[:160]
    return "" if answer.status_code in ANSWERS else str(answer.status)


def fields_of(browser, rule: Rule, path: str, when=None) -> set[str]:
    """The names of the fields that a page's forms send."""
    with clock.freeze(when or moment(rule.endpoint)):
        answer = browser.get(path, follow_redirects=True)
    if answer.mimetype != "text/html":
        return set()
    page = html.fromstring(answer.get_data())
    return {
        field.get("name") for field in page.iter("input", "select", "textarea", "button") if field.get("name")
    }


def asked_for(app, rule: Rule) -> set[str]:
    """What the pages of a topic read behind the question mark."""
    views = Path(inspect.getfile(inspect.unwrap(app.view_functions[rule.endpoint])))
    gets = (
        call for _, call in calls([views], ("get", "getlist")) if "request.args" in ast.unparse(call.func)
    )
    return {ast.literal_eval(call.args[0]) for call in gets}


def test_strange_addresses(app, world):
    """Each part of each address, and what pages read behind the question mark."""
    walkers = browsers(app, world)
    broken = {}
    for rule in routes(app):
        if rule.endpoint == "home.health":
            continue
        good = address(app, rule, world.own)
        paths = [
            f"{good}?{name}={quote(value, errors='replace')}"
            for name in asked_for(app, rule)
            for value in STRANGE[:9]
        ]
        for name in rule.arguments:
            if f"int:{name}" not in rule.rule:
                paths += [address(app, rule, {**world.own, name: one}, renamed=False) for one in IN_ADDRESSES]
        walker = walkers[WALK[rule.endpoint][-1]]
        for path in paths:
            if wrong := send(app, walker, rule, first_method(rule), path):
                broken[rule.endpoint, path[:120]] = wrong
    assert broken == {}


@pytest.mark.parametrize("writing", [False, True])
def test_strange_forms(app, world, writing):
    """Each form, one strange value in all of its fields at a time; drafts while they can be written, too."""
    walkers = browsers(app, world)
    broken, filled = {}, 0
    when = season.DURING if writing else None
    values = {**world.own, "reference": world.own["draft"]} if writing else world.own
    for rule in routes(app):
        topic = rule.endpoint.partition(".")[0]
        if "POST" not in (rule.methods or ()) or (writing and topic not in ("entries", "writers")):
            continue
        walker = walkers["writer" if writing else WALK[rule.endpoint][-1]]
        for key in KEYS if writing and "key" in rule.arguments else ("evidence",):
            path = address(app, rule, {**values, "key": key}, renamed=not writing)
            fields = fields_of(walker, rule, path, when) if "GET" in (rule.methods or ()) else {"reference"}
            filled += len(fields)
            for value in STRANGE:
                data = dict.fromkeys(fields, value.encode("utf-8", "replace").decode())
                if wrong := send(app, walker, rule, "POST", path, when, data=data):
                    broken[rule.endpoint, value[:40]] = wrong
    assert (broken, filled > 20) == ({}, True)
