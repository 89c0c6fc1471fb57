"""Tables and the list of what an event is."""

from __future__ import annotations

from base.marks import all_but
from events.set_up.models import Event
from events.set_up.rules import EventDetails

# What nobody types into the form.
OURS = {
    "id",
    "slug",
    "host_organisation_id",
    "taken",
    "waiting",
    "version",
    "sequence",
    "changed_at",
    "invented",
}


def test_every_field_of_the_list_has_its_column_and_no_column_is_on_no_list():
    typed = set(all_but(EventDetails))
    assert {column.name for column in Event.__table__.columns} == typed | OURS
