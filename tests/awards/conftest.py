"""A season that is being judged, and the browsers of those who are in it."""

from __future__ import annotations

import pytest

from tests.awards.panel import JUDGING, add_panel
from tests.awards.season import DURING, address, make_entry, ready


@pytest.fixture
def house(app, at):
    """Two entries of CPFT and one of Combined, and a panel of four; gives the references."""
    ready(app)
    references = [
        make_entry(app, title="Zokens", submitted_at=DURING),
        make_entry(app, title="Wearing 2 Hats", submitted_at=DURING),
        make_entry(
            app,
            title="Learning together",
            organisation="combined",
            writers=["Sian Evans"],
            submitted_at=DURING,
        ),
    ]
    add_panel(app)
    at(JUDGING)
    return references


@pytest.fixture
def noor(signed_in):
    """`noor()`: the organiser's browser."""
    return lambda: signed_in(address("Noor Haddad"), "Noor Haddad")


@pytest.fixture
def beth(signed_in):
    """`beth()`: a judge's browser."""
    return lambda: signed_in(address("Beth Lloyd"), "Beth Lloyd")
