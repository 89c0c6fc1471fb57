"""Which processes live."""

from __future__ import annotations

from sqlalchemy import func, select

from backstage.heartbeats import rules
from backstage.heartbeats.models import Heartbeat
from base.database import db


def living(kind: str) -> int:
    """How many processes of a kind ("worker", "schedule") are alive by the database's clock."""
    fresh = Heartbeat.at >= func.now() - rules.FRESH
    return db.session.scalars(select(func.count()).where(Heartbeat.kind == kind, fresh)).one()
