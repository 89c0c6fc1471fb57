"""The form asks for the whole list, and its page shows every question: what is left out would be emptied."""

from __future__ import annotations

import pytest

from base.marks import all_but
from events.agenda.forms import SessionForm
from events.agenda.rules import Plan
from tests.events.symphony import SLUG


def test_the_form_asks_for_the_whole_list(app):
    with app.test_request_context():
        fields = set(SessionForm()._fields) - {"csrf_token"}
    assert fields == set(all_but(Plan))


@pytest.mark.parametrize("name", all_but(Plan))
def test_the_page_shows_every_question(symphony, organiser, name):
    page = organiser.open(f"/events/{SLUG}/organise/sessions/add")
    assert f'name="{name}' in page.html
