"""A season whose outcomes are decided, and workers that are the test's own."""

from __future__ import annotations

import pytest

from tests.awards.outcomes.deciding import decide
from tests.awards.panel import JUDGING, judged_season


@pytest.fixture
def decided(jobs_app, at):
    """Three entries of CPFT: the winner, a shortlisted one, and one that is not."""
    references = judged_season(jobs_app)
    decide(jobs_app, references[0], "winner")
    decide(jobs_app, references[1], "shortlisted")
    at(JUDGING)
    return references
