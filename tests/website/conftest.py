"""Apps with views of a test's own."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from base import settings
from base.database import db
from base.settings import Settings
from tests.website.scratch import scratch_app
from website.transactions import Chorus


@pytest.fixture
def scratch(app: Chorus, test_settings: Settings) -> Iterator[Callable[..., Chorus]]:
    """`scratch({"mode": "live"}, name=view)`: an app with these settings changed and these views."""
    made: list[Chorus] = []

    def make(changed: dict[str, Any] | None = None, /, **views: Callable[..., Any]) -> Chorus:
        made.append(scratch_app(dataclasses.replace(test_settings, **(changed or {})), **views))
        return made[-1]

    yield make
    settings.use(test_settings)
    for one in made:
        with one.app_context():
            db.engine.dispose()
