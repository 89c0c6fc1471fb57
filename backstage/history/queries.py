"""Reading the history."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from backstage.history.models import History
from base.database import db


def history_of(scope: str, before: int | None = None, most: int = 50) -> Sequence[History]:
    """The newest lines of a scope ("scheme:3"), newest first; `before` is the id of the last line seen."""
    lines = select(History).where(History.scope == scope)
    if before is not None:
        lines = lines.where(History.id < before)
    return db.session.scalars(lines.order_by(History.id.desc()).limit(most)).all()
