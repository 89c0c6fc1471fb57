"""Models and migrations compared, on real databases."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import text

from base import settings
from base.database import db
from base.settings import Settings
from outside import postgres
from website import schema


@pytest.fixture(scope="module")
def server(one_app, test_settings: Settings) -> Iterator[str]:
    """A database of the tests' server; the settings are put back afterwards."""
    yield test_settings.database_url
    settings.use(test_settings)


@pytest.fixture(scope="module")
def migrated(server) -> dict[str, str]:
    """What the migrations make."""
    return schema.facts_of(schema.dump_of(server, schema.by_migrations))


def planted(server, *statements):
    """What the models would make if these statements belonged to them."""

    def make():
        schema.by_models()
        with db.engine.begin() as connection:
            for statement in statements:
                connection.execute(text(statement))

    return schema.facts_of(schema.dump_of(server, make))


def test_what_is_planted_is_found_and_nothing_else(server, migrated):
    """A CHECK that allows more, a column, a lost index, a default: each in a sentence."""
    found = schema.compared(
        planted(
            server,
            "ALTER TABLE person DROP CONSTRAINT ck_person_email_is_lower_case",
            "ALTER TABLE person ADD CONSTRAINT ck_person_email_is_lower_case CHECK (email <> '')",
            "ALTER TABLE person ADD COLUMN phone text NOT NULL",
            "ALTER TABLE person ALTER COLUMN name SET DEFAULT 'x'",
            "DROP INDEX ix_mail_waiting",
        ),
        migrated,
    )
    assert found == [
        (
            "The column name of table person differs: the models say text DEFAULT 'x'::text NOT NULL; "
            "the migrations make text NOT NULL."
        ),
        "The models have column phone of table person, which no migration makes.",
        (
            "The constraint ck_person_email_is_lower_case of table person differs: the models say "
            "CHECK ((email <> ''::text)); the migrations make CHECK ((email = lower(email)))."
        ),
        "The migrations make index ix_mail_waiting of table mail, which no model has.",
    ]


def test_the_order_of_columns_means_nothing():
    """A migration adds a column at the end, a model names it where it belongs."""
    b, c, d = "    b integer NOT NULL", "    c text", "    CONSTRAINT d CHECK ((b > 0))"
    first = f"CREATE TABLE public.a (\n{b},\n{c},\n{d}\n);\n"
    other = f"CREATE TABLE public.a (\n{c},\n{b},\n{d}\n);\n"
    assert schema.facts_of(first) == {
        "table a": "made",
        "column b of table a": "integer NOT NULL",
        "column c of table a": "text",
        "constraint d of table a": "CHECK ((b > 0))",
    }
    assert schema.compared(schema.facts_of(first), schema.facts_of(other)) == []


def test_databases_made_for_comparing_are_dropped(server, migrated):
    """Also where making the tables fails."""

    def fails():
        raise LookupError("nothing")

    with pytest.raises(LookupError):
        schema.dump_of(server, fails)
    left = postgres.ask(server, "SELECT datname FROM pg_database WHERE datname LIKE 'chorus_schema%'")
    assert left == []
