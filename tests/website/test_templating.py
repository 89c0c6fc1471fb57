"""The Jinja environment, and every template and component as a page."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask, render_template_string
from jinja2 import UndefinedError
from wtforms import (
    BooleanField,
    FileField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)

from base import settings
from base.forms import ChorusForm, MomentField, Needed
from base.notices import notice
from base.pages import Asked
from events.places.rules import Places
from tests.linked import add_linked_pages
from tests.page_checks import parse, problems, words
from website import templating

IMPORTS = {
    "form": "button checkbox checkboxes file form_start hidden link_button parts post_button radios select "
    "text textarea",
    "navigation": "back_link sub_nav",
    "pages": "all_as_file choose find pages shown sort_by",
    "time": "at clock on span",
    "tags": "tag",
    "hero": "hero",
    "cards": "card cards",
    "steps": "steps",
    "summary_list": "facts row summary_list",
    "task_list": "task_list todo",
    "table": "table",
    "progress": "places_bar progress",
    "warnings": "content_note details inset warning",
    "empty": "empty",
    "chart": "chart",
    "text": "typed",
}
PAGE = (
    '{% extends "layout.html" %}'
    + "".join(
        f'{{% from "components/{name}.html" import {", ".join(macros.split())} %}}'
        for name, macros in IMPORTS.items()
    )
    + "{% block title %}Try{% endblock %}{% block main %}<h1>Try</h1>BODY{% endblock %}"
)


@pytest.fixture
def pages() -> Iterator[Flask]:
    """A small app with our templates and nothing else."""
    before = settings.use(settings.Settings(mode="test", secret="x"))
    app = Flask("pages", static_folder=str(templating.BUILT), static_url_path="/static")
    app.config.update(SECRET_KEY="x", WTF_CSRF_ENABLED=False)
    templating.set_up(app)
    add_linked_pages(app)
    with app.test_request_context("/", method="POST"):
        yield app
    settings.use(before)


def render(body: str, **values: Any) -> str:
    """A page with this body; fails where it is not good HTML."""
    html = render_template_string(PAGE.replace("BODY", body), **values)
    assert problems(html) == []
    return html


def said(html: str) -> str:
    """The words of the main part of a page."""
    tree, _ = parse(html)
    return words(tree.xpath("//main")[0])


class Everything(ChorusForm):
    """One field of each kind."""

    name = StringField("Name", validators=[Needed()], description="Any name")
    when = MomentField("When", validators=[Needed()])
    mark = RadioField("Mark", choices=[("1", "One"), ("2", "Two")], validators=[Needed()])
    rooms = SelectMultipleField("Rooms", choices=[(1, "A"), (2, "B")], coerce=int)
    room = SelectField("Room", choices=[("1", "A"), ("2", "B")])
    agree = BooleanField("Agree", validators=[Needed()])
    story = TextAreaField("Story")
    picture = FileField("Picture", validators=[Needed()])


FIELDS = (
    '{{ form_start(files=True, autosave=True, keys=True) }}{{ text(form.name, prefix="£", suffix="each") }}'
    '{{ parts(form.when) }}{{ radios(form.mark, hints={"1": "The first"}) }}'
    '{{ checkboxes(form.rooms, hints={1: "Up"}) }}'
    "{{ select(form.room) }}{{ checkbox(form.agree, hint='Please') }}{{ textarea(form.story, words=300) }}"
    '{{ file(form.picture, accept="image/png") }}{{ hidden(form.room) }}'
    '{{ button("Go", name="way", value="on") }}'
    '{% include "components/keys.html" %}</form>'
)


def test_a_form_of_every_field_is_a_good_page(pages: Flask) -> None:
    form = Everything(formdata=None, data={"mark": "2", "rooms": [2], "story": "two words", "agree": True})
    html = render(FIELDS, form=form)
    tree, _ = parse(html)
    ticked = [one.get("id") for one in tree.iter("input") if one.get("checked") is not None]
    assert (ticked, "2 of 300 words" in said(html)) == (["mark-2", "rooms-2", "agree"], True)
    assert (tree.xpath("string(//textarea)"), words(tree.xpath("//title")[0])) == (
        "two words",
        "Try - Chorus",
    )


def test_a_form_with_errors_says_so_in_title_summary_and_fields(pages: Flask) -> None:
    form = Everything()
    form.validate()
    html = render(FIELDS, form=form)
    tree, _ = parse(html)
    assert words(tree.xpath("//title")[0]) == "Error: Try - Chorus"
    assert [(words(link), link.get("href")) for link in tree.xpath("//*[@data-error-summary]//a")] == [
        ("Enter name", "#name"),
        ("Enter when", "#when-day"),
        ("Choose mark", "#mark"),
        ("Choose one of the options on the page", "#room"),
        ("Tick the box to go on: agree", "#agree"),
        ("Enter picture", "#picture"),
    ]
    assert [one.get("id") for one in tree.xpath("//*[@class='nhsuk-error-message']")] == [
        "name-error",
        "when-error",
        "mark-error",
        "room-error",
        "agree-error",
        "picture-error",
    ]


def test_what_people_typed_is_never_markup(pages: Flask) -> None:
    attack = '"><script>alert(1)</script>'
    form = Everything(formdata=None, data={"name": attack, "story": attack})
    html = render(FIELDS + "{{ typed(attack) }}{{ tag(attack) }}", form=form, attack=attack)
    assert html.count("<script>") == 0


LISTED = Asked(3, "a&b", "newest", {"state": "in"}, "name").part(300, lambda skipped, most: [""] * most)
PIECES = """
{{ back_link("/", "All") }}
{{ sub_nav("Desk", {"A": "/"}, "A") }}
<p>{{ at(when) }} {{ on(when, year=True) }} {{ clock(when) }} {{ span(when, when) }} {{ on(a_day) }}
{{ tag("Done", "teal") }}</p>
<h2>Cards</h2>
{% call cards("Awards") %}{{ card("A", "/a", "a") }}{% call card("B") %}<p>More</p>{% endcall %}{% endcall %}
{{ steps([{"name": "A", "when": "1 May", "state": "done"},
          {"name": "B", "when": "2 May", "state": "now", "note": "soon"}]) }}
{% call summary_list() %}{{ row("A", "1", change="/") }}{{ row("B") }}{{ row("C", 0) }}
{% call row("D") %}<p>x</p>{% endcall %}{% endcall %}
{{ facts([("When", "May"), ("Where", "Here")]) }}
{{ task_list([{"text": "A", "href": "/", "status": "Done", "colour": "teal", "hint": "h"},
              {"text": "B", "href": "", "status": "No", "colour": ""}]) }}
{{ todo([{"count": 1200, "text": "wait", "href": "/", "action": "See"}]) }}
{% call table("Marks", ["Name", "In", ""], ["In"]) %}
<tr><th scope="row">A</th><td class="num">1</td><td></td></tr>{% endcall %}
{{ progress(1, 2, "1 of 2") }}{{ progress(0, 0, "Starting", poll="/p", state="waiting") }}
{{ places_bar(free) }}{{ places_bar(queued) }}{{ places_bar(full) }}
{{ content_note("Talks about loss", "Listeners are near.") }}{% call inset() %}<p>x</p>{% endcall %}
{% call warning("Closes today") %}<p>At 5pm.</p>{% endcall %}{% call details("Why") %}<p>x</p>{% endcall %}
{% call empty("Nothing yet") %}{{ link_button("See", "/", "gold") }}{% endcall %}
{% call chart("Entries", bars("x"), "Many") %}<p>x</p>{% endcall %}
{{ post_button("Close", "/close", about="A", fields={"x": 1}) }}
{% call find(page, "Name") %}{{ choose(page, "state", "State", {"in": "In"}) }}{% endcall %}
{{ find(page, "") }}
{{ shown(page, "entry", "entries") }}{{ sort_by(page, {"name": "name", "newest": "newest first"}) }}
{{ pages(page, "entries") }}{{ all_as_file(page, "/file") }}
"""


def test_every_piece_is_good_html(pages: Flask) -> None:
    html = render(
        PIECES,
        when=datetime(2026, 10, 8, 17, 30, tzinfo=UTC),
        a_day=date(2026, 10, 9),
        page=LISTED,
        free=Places(20, 16, 0),
        queued=Places(30, 30, 3),
        full=Places(30, 30, 0),
    )
    text = said(html)
    assert [phrase for phrase in SAID if phrase not in text] == []
    assert html.count('datetime="2026-10-08T18:30+01:00"') == 5


SAID = (
    "Page 3 of 6",
    "Thursday 8 October, 6.30pm Thursday 8 October 2026 6.30pm 6.30pm to 6.30pm Friday 9 October",
    "A 1 Change A",
    "B Not answered yet",
    "C 0",
    "1,200 wait",
    "4 of 20 places left",
    "Full. 3 people waiting",
    "Full. You can join the waiting list",
    "Content note: Talks about loss. Listeners are near.",
)


def test_a_hero_holds_the_heading(pages: Flask) -> None:
    page = (
        '{% extends "layout.html" %}{% from "components/hero.html" import hero %}'
        "{% block title %}Big day{% endblock %}"
        '{% block before_main %}{% call hero("Big day", "x", colour="teal", state="Soon", caption="Third") %}'
        "<p>Come.</p>{% endcall %}{{ hero('', 'y', calm=True) if False }}{% endblock %}"
    )
    html = render_template_string(page)
    assert (problems(html), said(html)) == ([], "Soon Third Big day Come.")


def test_notices_are_said_once(pages: Flask) -> None:
    notice("Saved.")
    notice("Look out.", "info")
    assert said(render("")) == "Saved. Look out. Try"


def test_a_misspelt_name_in_our_templates_is_an_error(pages: Flask) -> None:
    with pytest.raises(UndefinedError, match="'nmae' is undefined"):
        render_template_string("{{ nmae }}")
    with pytest.raises(UndefinedError):
        render_template_string("{{ settings.dmeo }}")


def test_the_demo_says_that_it_is_one(pages: Flask) -> None:
    settings.use(settings.Settings(mode="demo", secret="x"))
    assert render("").count("This is a demonstration. Marks and people are invented.") == 1
    settings.use(settings.Settings(mode="live", secret="x"))
    assert render("").count("demonstration") == 0


def test_only_the_demonstration_leads_to_its_page(pages: Flask) -> None:
    assert [entry["text"] for entry in templating.navigation()] == ["Awards", "Events", "Sign in"]
    assert [entry["text"] for entry in templating.footer()] == ["Accessibility", "Privacy"]
    settings.use(settings.Settings(mode="demo", secret="x"))
    assert [entry["text"] for entry in templating.navigation()] == ["Awards", "Events", "Demo", "Sign in"]


def test_an_asset_without_a_build_keeps_its_name(pages: Flask, tmp_path: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(templating, "BUILT", tmp_path)
    assert templating.asset("app.css") == "/static/app.css"
    (tmp_path / "built").mkdir()
    (tmp_path / "built" / "manifest.json").write_text('{"app.css": "app-1.css"}')
    monkeypatch.setattr(templating, "BUILT", tmp_path / "built")
    assert templating.asset("app.css") == "/static/app-1.css"
    with pytest.raises(KeyError):
        templating.asset("gone.css")


def test_setting_up_too_late_is_said() -> None:
    app = Flask("late")
    app.jinja_env.globals["x"] = 1
    with pytest.raises(RuntimeError, match="must come before"):
        templating.set_up(app)


def test_every_template_can_be_read(pages: Flask) -> None:
    names = pages.jinja_env.list_templates()
    for name in names:
        pages.jinja_env.get_template(name)
    assert "layout.html" in names


ERRORS = sorted(path.name for path in (templating.TEMPLATES / "errors").iterdir())


@pytest.mark.parametrize("name", ERRORS)
def test_every_error_page_is_a_good_page_with_a_way_on(pages: Flask, name: str) -> None:
    from flask import render_template

    html = render_template(f"errors/{name}", why="Entries are closed", texts=["What was typed"])
    assert problems(html) == []
    assert html.count('<a href="/">Go to the front page</a>') == 1


def test_built_files_come_compressed_and_are_kept_for_ever(tmp_path: Any, monkeypatch: Any) -> None:
    (tmp_path / "app-0123456789.css").write_text("a{}" * 100)
    (tmp_path / "app-0123456789.css.gz").write_bytes(gzip.compress(b"a{}" * 100))
    monkeypatch.setattr(templating, "BUILT", tmp_path)
    app = Flask("built", static_folder=str(tmp_path), static_url_path="/static")
    templating.serve_built(app)
    answer = app.test_client().get("/static/app-0123456789.css", headers={"Accept-Encoding": "gzip"})
    kept = {
        name: answer.headers[name] for name in ("Content-Encoding", "Cache-Control", "X-Content-Type-Options")
    }
    assert kept == {
        "Content-Encoding": "gzip",
        "Cache-Control": "max-age=315360000, public, immutable",
        "X-Content-Type-Options": "nosniff",
    }
    assert answer.headers.get("Access-Control-Allow-Origin") is None
    answer.close()
