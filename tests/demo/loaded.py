"""A demonstration with its season loaded, once for the tests of a module."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest

from base import settings
from base.database import db
from base.settings import Settings
from demo.season import load_season
from outside import clock, queue
from tests.conftest import empty_tables
from tests.page import Browser
from website.demo import actions
from website.factory import create_app
from website.transactions import Chorus, commit


@pytest.fixture(scope="module")
def demo_app(test_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chorus]:
    """An app in demo mode on this worker's database, the season loaded."""
    chosen = dataclasses.replace(test_settings, mode="demo", home=tmp_path_factory.mktemp("demo"))
    settings.use(chosen)
    app = create_app(chosen)
    load_season(app, lambda _: None)
    yield app
    settings.use(chosen)
    clock.move_demo(None)
    with app.app_context():
        db.session.execute(db.text("drop schema pristine cascade"))
        commit()
        empty_tables()
        db.engine.dispose()
    settings.use(test_settings)


@pytest.fixture
def demo(demo_app: Chorus) -> Iterator[Browser]:
    """A visitor's browser in the demonstration, which is as it began."""
    chosen: Settings = demo_app.config["CHORUS"]
    settings.use(chosen)
    queue.connection().flushdb()
    clock.move_demo(None)
    with demo_app.app_context():
        actions.reset_season()
        commit()
    yield Browser(demo_app.test_client())
    clock.move_demo(None)


@pytest.fixture
def season_home(demo_app: Chorus) -> Path:
    """The folder of this demonstration."""
    chosen: Settings = demo_app.config["CHORUS"]
    return chosen.home
