"""Tables and the list of what a session is."""

from __future__ import annotations

from base.marks import all_but
from events.agenda.models import Session
from events.agenda.rules import Plan

# What nobody types into the form.
OURS = {"id", "event_id", "sequence", "changed_at"}


def test_every_field_of_the_list_has_its_column_and_no_column_is_on_no_list():
    typed = set(all_but(Plan)) - {"places"}  # those are the workshop's
    assert {column.name for column in Session.__table__.columns} == typed | OURS
