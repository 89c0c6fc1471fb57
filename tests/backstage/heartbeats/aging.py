"""Making beats older than they are."""

from __future__ import annotations

from sqlalchemy import text


def age(session, name, seconds):
    """Make a process's last beat so old."""
    session.execute(
        text("UPDATE heartbeat SET at = now() - make_interval(secs => :seconds) WHERE name = :name"),
        {"seconds": seconds, "name": name},
    )
