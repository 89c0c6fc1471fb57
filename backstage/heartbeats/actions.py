"""Beating, and saying goodbye."""

from __future__ import annotations

from sqlalchemy import delete, func
from sqlalchemy.dialects.postgresql import insert

from backstage.heartbeats.models import Heartbeat
from base.database import db


def beat(name: str, kind: str) -> None:
    """Say that the process `name` lives. The database's own clock is used: a moved demonstration clock must
    not kill it.
    """
    row = insert(Heartbeat).values(name=name, kind=kind, started_at=func.now(), at=func.now())
    db.session.execute(row.on_conflict_do_update(index_elements=["name"], set_={"at": func.now()}))


def stop_beating(name: str) -> None:
    """Say that the process `name` ends of its own accord, and forget those dead for a day."""
    day_old = Heartbeat.at < func.now() - func.make_interval(0, 0, 0, 1)
    db.session.execute(delete(Heartbeat).where((Heartbeat.name == name) | day_old))
