"""What only the demonstration does: go back to how it began."""

# Table names come from our own tables and a constant, never from a request.
# ruff: noqa: S608

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, text, update

from backstage.outbox.models import Mail
from backstage.outbox.rules import MOVES
from base.database import Base, db
from base.states import may_become
from outside import storage

PRISTINE = "pristine"
# Who is alive now is no part of the story.
LEFT_ALONE = {"heartbeat"}


def _tables() -> list[str]:
    return [table.name for table in Base.metadata.sorted_tables if table.name not in LEFT_ALONE]


def _kept_files(connection: Connection, schema: str) -> set[str]:
    found = connection.execute(
        text(
            f"select storage_name from {schema}.upload "
            f"union select storage_name from {schema}.document where storage_name is not null"
        )
    )
    return set(found.scalars())


def remember_season() -> None:
    """Copy every table aside, so that a reset takes a second instead of a new loading."""
    connection = db.session.connection()
    connection.execute(text(f"drop schema if exists {PRISTINE} cascade"))
    connection.execute(text(f"create schema {PRISTINE}"))
    for name in _tables():
        connection.execute(text(f'create table {PRISTINE}."{name}" as table public."{name}"'))


def call_mails_sent() -> None:
    """Mark every mail as sent when it was written: those of the loading lie in the story's past."""
    for state in ("sending", "sent"):
        waiting = update(Mail).where(Mail.state.in_(may_become(MOVES, state)))
        db.session.execute(waiting.values(state=state, sent_at=Mail.written_at))


def forget_everything() -> None:
    """Empty every table of the demonstration (before loading it)."""
    names = ", ".join(f'public."{name}"' for name in _tables())
    db.session.execute(text(f"truncate {names} restart identity cascade"))


def reset_season() -> None:
    """Put every table back to how it was after loading, and delete the files that came since."""
    connection = db.session.connection()
    files = _kept_files(connection, "public") - _kept_files(connection, PRISTINE)
    forget_everything()
    for name in _tables():
        connection.execute(text(f'insert into public."{name}" select * from {PRISTINE}."{name}"'))
        if "id" in Base.metadata.tables[name].columns:
            newest = f'(select coalesce(max(id), 1) from public."{name}")'
            sequence = f"pg_get_serial_sequence('public.{name}', 'id')"
            connection.execute(text(f"select setval({sequence}, {newest})"))
    for name in files:
        storage.forget(name)


def season_began() -> datetime | None:
    """When the demonstration was loaded; None before that."""
    return db.session.scalar(text(f"select max(at) from {PRISTINE}.history"))


def is_long_ago(now: datetime) -> bool:
    """Whether so much time has passed since the loading that the story's hours no longer lie around today."""
    began = season_began()
    return began is not None and now - began > timedelta(days=3)
