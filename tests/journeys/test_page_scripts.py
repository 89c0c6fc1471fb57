"""What the script adds to a page, in a real browser, on pages made for it.

Counts, saving, keys, progress, errors.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from flask import Flask, jsonify, redirect, render_template_string
from werkzeug.serving import make_server
from wtforms import RadioField, StringField, TextAreaField

from base import autosave, settings
from base.errors import Refusal
from base.forms import ChorusForm, MaxWords, Needed
from outside import clock
from tests.linked import add_linked_pages
from website import templating

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

IMPORTS = (
    '{% extends "layout.html" %}'
    '{% from "components/form.html" import button, form_start, radios, text, textarea %}'
)
DRAFT = (
    IMPORTS
    + "{% block title %}Draft{% endblock %}{% block main %}<h1>Draft</h1>{{ form_start(autosave=True) }}"
    "{{ textarea(form.story, words=3) }}{{ text(form.title) }}{{ button('Send') }}</form>{% endblock %}"
)
MARKS = (
    IMPORTS + "{% block title %}Marks{% endblock %}{% block main %}<h1>Marks</h1>"
    '<a href="#before" id="before" data-key-previous>Back</a>{{ form_start(css_class="mark", keys=True) }}'
    "{{ radios(form.mark) }}{{ textarea(form.story) }}{{ button('Send') }}"
    '{% include "components/keys.html" %}</form>{% endblock %}'
)
BAR = (
    '{% extends "layout.html" %}{% from "components/progress.html" import progress %}'
    "{% block title %}Made{% endblock %}{% block main %}<h1>Made</h1>"
    '{{ progress(done, 4, words, poll="/made.json", state=state) }}{% endblock %}'
)


class Draft(ChorusForm):
    """A draft with a limit of words."""

    story = TextAreaField("Story", validators=[Needed(), MaxWords(3)])
    title = StringField("Title")


class Marks(ChorusForm):
    """A mark and a note."""

    mark = RadioField("Outcome", choices=[("1", "Little"), ("2", "Some"), ("3", "Good")])
    story = TextAreaField("Note")


@dataclass
class Site:
    """A small site, what it was sent, and how it answers."""

    address: str = ""
    story: str = ""
    refuses_with: int = 0
    saved: list[str] = field(default_factory=list)
    done: int = 0


def make_app(site: Site) -> Flask:
    """The app of the site: a draft, marks and a job's progress."""
    app = Flask("scripts", static_folder=str(templating.BUILT), static_url_path="/static")
    app.config.update(SECRET_KEY="x", WTF_CSRF_ENABLED=False)
    templating.set_up(app)
    add_linked_pages(app)

    @app.route("/draft", methods=["GET", "POST"])
    def draft() -> Any:
        form = Draft(data={"story": site.story})
        if autosave.saves_itself():
            if site.refuses_with == 422:
                form.refuse(Refusal("Entries have closed"))
                return autosave.not_saved(form)
            if site.refuses_with:
                return "", site.refuses_with
            site.saved.append(form.story.data)
            site.story = form.story.data
            return autosave.saved(clock.now())
        if form.validate_on_submit():
            site.story = form.story.data
            return redirect("/draft", 303)
        return render_template_string(DRAFT, form=form), form.status

    @app.get("/marks")
    def marks() -> str:
        return render_template_string(MARKS, form=Marks())

    @app.get("/made")
    def made() -> str:
        state = "done" if site.done == 4 else "running"
        return render_template_string(BAR, done=site.done, words=f"{site.done} of 4", state=state)

    @app.get("/made.json")
    def made_json() -> Any:
        state = "done" if site.done == 4 else "running"
        return jsonify(done=site.done, total=4, state=state, words=f"{site.done} of 4")

    return app


@pytest.fixture
def site() -> Iterator[Site]:
    """The site, served on a port of its own."""
    before = settings.use(settings.Settings(mode="test", secret="x"))
    made = Site()
    server = make_server("127.0.0.1", 0, make_app(made), threaded=True)
    made.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield made
    server.shutdown()
    thread.join()
    server.server_close()
    settings.use(before)


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page with nothing stored; an error in a script fails the test."""
    errors: list[str] = []
    context = chromium.new_context()
    opened = context.new_page()
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    context.close()
    assert errors == []


def expect(locator: Any) -> Any:
    """Playwright's `expect`, loaded where there is a Playwright only."""
    from playwright import sync_api

    return sync_api.expect(locator)


def test_words_are_counted_while_one_types(site: Site, page: Page) -> None:
    page.goto(f"{site.address}/draft")
    count = page.locator("#story-count")
    expect(count).to_have_text("Up to 3 words")
    page.get_by_label("Story").fill("well-being — it works")
    expect(count).to_have_text("3 of 3 words")
    page.get_by_label("Story").fill("one two three four")
    expect(count).to_have_text("1 word too many: the limit is 3")
    expect(page.locator("[aria-live=polite]")).to_have_text("1 word too many: the limit is 3")


def test_a_draft_is_saved_while_one_types(site: Site, page: Page) -> None:
    page.goto(f"{site.address}/draft")
    page.get_by_label("Story").fill("one two")
    expect(page.locator(".autosave")).to_contain_text("Saved at")
    assert site.saved == ["one two"]
    assert page.evaluate("sessionStorage.length") == 0


def test_a_draft_that_cannot_be_saved_is_kept_and_put_back(site: Site, page: Page) -> None:
    site.refuses_with = 503
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"{site.address}/draft")
    page.get_by_label("Story").fill("kept here")
    expect(page.locator(".autosave")).to_have_text("Not saved, we will keep trying")
    page.reload()
    expect(page.get_by_label("Story")).to_have_value("kept here")
    expect(page.locator(".autosave")).to_have_text(
        "We put back what you wrote here and could not be saved before."
    )
    site.refuses_with = 0
    expect(page.locator(".autosave")).to_contain_text("Saved at")
    assert site.story == "kept here"


def test_what_somebody_else_wrote_is_not_written_over(site: Site, page: Page) -> None:
    site.refuses_with = 503
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"{site.address}/draft")
    page.get_by_label("Story").fill("mine")
    expect(page.locator(".autosave")).to_have_text("Not saved, we will keep trying")
    site.story = "theirs"
    page.reload()
    expect(page.get_by_label("Story")).to_have_value("theirs")


def test_a_draft_that_is_refused_says_what_to_do(site: Site, page: Page) -> None:
    site.refuses_with = 422
    page.goto(f"{site.address}/draft")
    page.get_by_label("Story").fill("x")
    expect(page.locator(".autosave")).to_have_text("Not saved. Entries have closed.")


def test_keys_mark_and_rest_while_one_writes(site: Site, page: Page) -> None:
    page.goto(f"{site.address}/marks")
    page.keyboard.press("3")
    expect(page.get_by_label("Good")).to_be_checked()
    page.get_by_label("Note").press("2")
    expect(page.get_by_label("Good")).to_be_checked()
    expect(page.get_by_label("Note")).to_have_value("2")
    page.get_by_label("Good").focus()
    page.keyboard.press("p")
    assert page.url == f"{site.address}/marks#before"


def test_keys_can_be_turned_off_for_good(site: Site, page: Page) -> None:
    page.goto(f"{site.address}/marks")
    page.get_by_label("Use these keys").uncheck()
    page.keyboard.press("3")
    expect(page.get_by_label("Good")).not_to_be_checked()
    page.reload()
    expect(page.get_by_label("Use these keys")).not_to_be_checked()
    page.keyboard.press("3")
    expect(page.get_by_label("Good")).not_to_be_checked()


def test_progress_is_asked_for_until_the_job_is_done(site: Site, page: Page) -> None:
    page.goto(f"{site.address}/made")
    site.done = 2
    expect(page.locator(".progress__words")).to_have_text("2 of 4")
    site.done = 4
    expect(page.locator(".progress__words")).to_have_text("4 of 4")
    expect(page.locator(".progress")).to_have_attribute("data-state", "done")


def test_the_error_summary_has_the_focus_and_leads_to_the_field(site: Site, page: Page) -> None:
    page.goto(f"{site.address}/draft")
    page.get_by_role("button", name="Send").click()
    expect(page.locator("[data-error-summary]")).to_be_focused()
    page.get_by_role("link", name="Enter story").click()
    expect(page.get_by_label("Story")).to_be_focused()


def test_pages_work_without_the_script(site: Site, chromium: Browser) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.address}/draft")
    page.get_by_label("Story").fill("three words here")
    page.get_by_role("button", name="Send").click()
    expect(page.locator("#story-count")).to_have_text("3 of 3 words")
    context.close()
    assert site.story == "three words here"
