"""Reading people."""

from __future__ import annotations

import pytest

from accounts.people import queries
from base.errors import NotHere


def test_names_of_takes_one_query(db_session, person, count_queries):
    """Or none, where nobody is asked for."""
    ada, ben = person("ada@example.org", "Ada"), person("ben@example.org", "Ben")
    ids = [ada.id, ben.id, None, 2_000_000_000]
    with count_queries() as sent:
        names = queries.names_of(ids)
        assert queries.names_of([None]) == {}
    assert (names, sent.count) == ({ids[0]: "Ada", ids[1]: "Ben"}, 1)


def test_person_by_id_of_nobody(db_session):
    """NotHere, which pages show as not found."""
    with pytest.raises(NotHere):
        queries.person_by_id(2_000_000_000)
