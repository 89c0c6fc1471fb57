"""Finding organisations."""

from __future__ import annotations

import pytest

from accounts.organisations import actions, queries
from accounts.organisations.models import Organisation


@pytest.fixture
def mersey(db_session):
    """An organisation with a mail domain and another name, led by nobody yet."""
    made = actions.add_organisation(
        "Mersey Care", "NHS trust", "North West", aliases=["MCT"], domains=["MerseyCare.example"]
    )
    db_session.flush()
    return made


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("mersey", ["mersey-care"]),
        ("care mersey", ["mersey-care"]),
        ("MCT", ["mersey-care"]),
        ("%", []),
        ("_", []),
        ("\\", []),
        ("nobody", []),
    ],
)
def test_find_organisations_by_name_or_alias(db_session, mersey, words, found):
    """Every word must be there; signs that a database search gives a meaning to have none here."""
    assert [one.slug for one in queries.find_organisations(words)] == found


def test_find_organisations_takes_one_query_however_many(db_session, count_queries):
    """Sizes one and ten; the eleventh is not shown."""
    counted = []
    for size in (1, 11):
        for number in range(db_session.query(Organisation).count(), size):
            actions.add_organisation(f"Trust {number:02d}", "Other", "London")
        db_session.flush()
        with count_queries() as sent:
            found = len(queries.find_organisations("trust"))
        counted.append((found, sent.count))
    assert counted == [(1, 1), (10, 1)]
