"""One name, found at once: endpoint, view, permission, template, form and action are called alike."""

from __future__ import annotations

import importlib
import inspect
import re

import pytest

from tests.structure.reading import ROOT, code_files, template_files, where, without_comments
from website.factory import TOPICS
from website.generated import template_of
from website.headers import SECRET_ADDRESSES

# Views that render more than their own page: what else, and why.
OTHER_TEMPLATES = {
    "certificates.check_certificate": "a serial that is none of ours gets a page of its own",
    "door.check_in": "the list again, with what happened",
    "door.undo_check_in": "the list again, with what happened",
    "history.scheme_history": "one list for three histories",
    "history.event_history": "one list for three histories",
    "history.all_history": "one list for three histories",
    "my_registration.register": "its fields are drawn apart, once for everybody",
}
# Forms that serve two views, or a part of one; the part of the page they stand for is in their name.
OTHER_FORMS = {
    "awards.certificates.forms.MakeCertificatesForm",
    "awards.entries.forms.SubmitEntryForm",
    "events.agenda.forms.SessionForm",
    "events.set_up.forms.EventForm",
    "events.set_up.forms.RoomForm",
}
# Views whose form does something with a name of its own: {endpoint: the action}.
OTHER_ACTIONS = {
    "sign_in.enter_code": "accounts.sign_in.actions.use_code",
    "entries.check_answers": "awards.entries.actions.submit_entry",
    "writers.choose_partners": "awards.writers.actions.add_partner",
    "certificates.list_certificates": "awards.certificates.actions.make_certificates",
    "my_registration.manage_registration": "events.my_registration.actions.change_registration",
}
ENDPOINT = re.compile(r"""(?:url_for|link_to)\(\s*["']([a-z_]+\.[a-z_]+)["']""")


@pytest.fixture
def views(app):
    """{endpoint: (route, view without its wrappers)}."""
    return {
        rule.endpoint: (rule, inspect.unwrap(app.view_functions[rule.endpoint]))
        for rule in app.url_map.iter_rules()
        if rule.endpoint != "static"
    }


def test_an_endpoint_is_its_topic_and_its_view(views):
    """`judging.score_entry` is awards/judging/views.py::score_entry."""
    named = {
        endpoint: (view.__module__.split(".")[1], view.__module__.split(".")[2], view.__name__)
        for endpoint, (_, view) in views.items()
    }
    assert named == {name: (name.partition(".")[0], "views", name.partition(".")[2]) for name in views}


def test_a_page_is_in_the_template_of_its_view(views):
    """templates/awards/judging/score_entry.html, where the view itself renders one."""
    rendered = {endpoint: template_of(view) for endpoint, (_, view) in views.items()}
    expected = {
        endpoint: f"{view.__module__.removesuffix('.views').replace('.', '/')}/{view.__name__}.html"
        for endpoint, (_, view) in views.items()
    }
    different = {name for name, path in rendered.items() if path not in ("-", expected[name])}
    assert different == set(OTHER_TEMPLATES), "render templates/<area>/<topic>/<view>.html, or say why not"


def test_a_form_has_the_name_of_its_view(views):
    """`ScoreEntryForm` for `score_entry`."""
    wanted = {
        f"{view.__module__.removesuffix('views')}forms.{view.__name__.title().replace('_', '')}Form"
        for _, view in views.values()
    }
    there = set()
    for topic in TOPICS:
        if (ROOT / topic.replace(".", "/") / "forms.py").exists():
            forms = importlib.import_module(f"{topic}.forms")
            there |= {
                f"{topic}.forms.{name}"
                for name, value in vars(forms).items()
                if inspect.isclass(value) and value.__module__ == forms.__name__ and name.endswith("Form")
            }
    assert there - wanted == OTHER_FORMS


def test_a_view_that_writes_calls_the_action_of_its_name(views):
    """`score_entry` in views.py calls `score_entry` in actions.py."""
    others = {}
    for endpoint, (rule, view) in views.items():
        if "POST" in (rule.methods or ()):
            actions = importlib.import_module(view.__module__.removesuffix("views") + "actions")
            if not hasattr(actions, view.__name__):
                others[endpoint] = OTHER_ACTIONS.get(endpoint, "?")
    assert others == OTHER_ACTIONS
    for name in others.values():
        module, _, function = name.rpartition(".")
        assert callable(getattr(importlib.import_module(module), function))


def test_every_link_leads_to_a_view_that_exists(views):
    """In code and in templates; the demonstration's pages exist in the demonstration."""
    asked = {
        (where(path), endpoint)
        for path in (*code_files(), *template_files())
        for endpoint in ENDPOINT.findall(without_comments(path.read_text()))
    }
    assert {one for one in asked if one[1] not in views and not one[1].startswith("demo.")} == set()


def test_addresses_that_hold_a_secret_are_known(views):
    """Every route with a token is one that no browser keeps and no Referer carries on."""
    assert {name for name, (rule, _) in views.items() if "token" in rule.arguments} == SECRET_ADDRESSES


def test_every_topic_with_pages_is_registered():
    """A views.py that the factory does not know would be pages that nobody finds."""
    there = {
        str(path.parent.relative_to(ROOT)).replace("/", ".")
        for path in code_files()
        if path.name == "views.py" and "demo" not in path.parts and "Blueprint(" in path.read_text()
    }
    assert there == set(TOPICS)


def test_every_topic_has_its_tests():
    """tests/ is the same tree."""
    missing = [
        topic for topic in TOPICS if not list((ROOT / "tests" / topic.replace(".", "/")).glob("test_*.py"))
    ]
    assert missing == []
