"""Jobs run in the test's own process, with the test's app."""

from __future__ import annotations

import pytest

from jobs import worker


@pytest.fixture(autouse=True)
def jobs_app(app, monkeypatch):
    """What jobs take for the app of their process."""
    monkeypatch.setattr(worker, "_app", [app])
    return app
