"""What is kept about people: a column that can hold words is declared personal, or reviewed."""

from __future__ import annotations

import pytest
from sqlalchemy import DateTime, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB

from base.database import Base
from website.factory import import_tables
from website.generated import personal_columns

# Columns of text or JSON that hold nothing about a person, looked at one by one. Names of states, slugs,
# references, hashes, and what organisers publish. A new column stands here or says why it is kept.
NOT_PERSONAL = {
    "batch": "kind scope",
    "category": "blurb consent kind name slug",
    "certificate": "outcome serial",
    "criterion": "hint key name",
    "device": "token_hash",
    "document": "claim error kind state storage_name subject",
    "entry": "reference state title",
    "event": "access access_details blurb cost directions name place slug support town",
    "heartbeat": "kind name",
    "history": "scope subject what",
    "mail": "claim error reference state template",
    "organisation": "kind name name_key region slug",
    "organisation_alias": "name name_key",
    "organisation_domain": "domain",
    "outcome": "outcome",
    "question": "accept hint key label type",
    "question_set": "name",
    "read": "state",
    "registration": "reference state",
    "registration_link": "token_hash",
    "room": "name note",
    "scale_point": "words",
    "scheme": "blurb ceremony_place name prefix slug",
    "session": "about content_note covering_title kind support title",
    "sign_in_request": "code_hash link_hash onward reference",
    "telling": "hour",
    "upload": "content_type storage_name",
    "workshop_choice": "state",
}

# Tables that lead to a person or a registration and hold nothing else about them, and why that is enough.
LEAD_TO_PEOPLE_ONLY = {
    "batch": "who asked for documents: an organiser, who is forgotten with their person",
    "certificate": "what it certifies is public: title, organisation and outcome of an entry",
    "device": "a hash and hours; deleted a month after it has expired, and with its person's memberships",
    "document": "a file of what is printed and public; its batch says who asked",
    "entry_partner": "an organisation",
    "entry_writer": "which person writes which entry: who that was is forgotten with the person",
    "event_organiser": "which person runs an event",
    "event_volunteer": "which person helps at an event",
    "registration_link": "a hash; deleted with its registration",
    "scheme_organiser": "which person runs a scheme",
    "telling": "that an entry's writers were told, and when",
}


@pytest.fixture(autouse=True)
def tables():
    """Every table of the house."""
    import_tables()


def columns_of_words():
    """ "table.column" of everything that can hold words."""
    return {
        f"{table.name}.{column.name}"
        for table in Base.metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, (Text, JSONB))
    }


def declared():
    """ "table.column" of everything that is declared personal."""
    return {f"{table}.{column}" for table, column, _ in personal_columns()}


def test_every_column_of_words_was_looked_at():
    """Declared personal, or reviewed; nothing is both, nothing is forgotten, nothing gone is listed."""
    reviewed = {f"{table}.{column}" for table, names in NOT_PERSONAL.items() for column in names.split()}
    assert columns_of_words() - declared() == reviewed


def leading_to(names):
    """Every table from which foreign keys lead to one of these, over however many others."""
    found: set[str] = set()
    ahead = set(names)
    while ahead:
        ahead = {
            table.name
            for table in Base.metadata.tables.values()
            if {key.column.table.name for key in table.foreign_keys} & ahead
        } - found
        found |= ahead
    return found


def test_every_table_that_leads_to_people_was_looked_at():
    """It declares by personal(…) what it holds about them, or stands above with its reason."""
    silent = leading_to({"person", "registration"}) - {table for table, _, _ in personal_columns()}
    assert silent == set(LEAD_TO_PEOPLE_ONLY)


def test_every_declaration_says_why_who_and_how_long():
    """docs/personal-data.md and /privacy are printed from it: no empty cell, no table syntax."""
    wrong = [
        (table, column)
        for table, column, why in personal_columns()
        for words in (why.purpose, why.readers, why.retention)
        if not words.strip() or "|" in words or "\\n" in words
    ]
    assert wrong == []


def test_what_people_need_is_sensitive():
    """Special-category data: history never keeps its values."""
    sensitive = {f"{table}.{column}" for table, column, why in personal_columns() if why.sensitive}
    assert sensitive == {"needs.access", "needs.dietary", "judge.lived_experience"}


def test_no_column_keeps_a_token_in_clear():
    """What opens something is stored as a hash, and says so in its name."""
    suspicious = {
        name
        for name in columns_of_words()
        if any(word in name for word in ("token", "secret", "password", "code", "link"))
        and "hash" not in name
    }
    assert suspicious - {"category.slug"} == set()


def test_every_constraint_has_a_name():
    """So that a migration can change it."""
    nameless = [
        (table.name, type(constraint).__name__)
        for table in Base.metadata.tables.values()
        for constraint in table.constraints
        if not constraint.name
    ]
    assert nameless == []


def test_every_time_keeps_its_zone():
    """timestamptz everywhere; a naive time means another hour in summer."""
    naive = [
        f"{table.name}.{column.name}"
        for table in Base.metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, DateTime) and not column.type.timezone
    ]
    assert naive == []


def test_what_goes_with_its_parent_is_indexed_by_it():
    """Deleting a parent does not walk through whole tables."""
    unindexed = []
    for table in Base.metadata.tables.values():
        leading = {index.columns[0].name for index in table.indexes if len(index.columns)}
        leading |= {next(iter(table.primary_key.columns)).name}
        leading |= {
            next(iter(constraint.columns)).name
            for constraint in table.constraints
            if isinstance(constraint, UniqueConstraint) and len(constraint.columns)
        }
        unindexed += [
            f"{table.name}.{column.name}"
            for column in table.columns
            if column.foreign_keys
            and column.name not in leading
            and any(key.ondelete == "CASCADE" for key in column.foreign_keys)
        ]
    # A question is deleted with its whole set, which is small.
    assert sorted(unindexed) == ["criterion_question.question_id"]
