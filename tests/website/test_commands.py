"""The command line."""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from accounts.people.models import Person
from base.database import db
from tests.accounts.sign_in.asking import letters
from tests.conftest import make_browser
from website.commands import commands
from website.factory import create_app


@pytest.fixture
def run(app, monkeypatch):
    """`run("docs", …)`: what a command answers. Each makes an app of its own, as on the command line."""
    apps = []

    def remembered():
        apps.append(create_app())
        return apps[-1]

    monkeypatch.setattr("website.commands.create_app", remembered)
    yield lambda *words: CliRunner().invoke(commands, words)
    for one in apps:
        with one.app_context():
            db.engine.dispose()


def test_invite_administrator_writes_a_way_to_sign_in(app, run):
    """The first administrator of a live Chorus: by a command, never by a page."""
    assert run("invite-administrator", "Root@Example.org").exit_code == 0
    with app.app_context():
        assert db.session.execute(select(Person.email, Person.administrator)).all() == [
            ("root@example.org", True)
        ]
    [letter] = letters(app)
    assert make_browser(app).open(letter.path).press("Sign in").url == "/me"


def test_every_command_says_what_it_does(run):
    """In `--help`."""
    listed = run("--help").output
    assert [name for name, one in commands.commands.items() if not one.help or name not in listed] == []
