"""Jobs run in the test's own process, with the test's app."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def everywhere(jobs_app):
    """Every test here has them."""
    return jobs_app
