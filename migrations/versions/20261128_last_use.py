"""when people last used Chorus, from which it is counted how long they are kept"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "7c1e5a90d3b4"
down_revision = "a47e3b77b0a9"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Last use is the newest line of history by somebody, or the day they came."""
    op.add_column("person", sa.Column("used_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(
        "update person set used_at = greatest(joined_at, newest.at) from "
        "(select person.id, max(history.at) as at from person "
        "left join history on history.person_id = person.id group by person.id) as newest "
        "where newest.id = person.id"
    )
    op.alter_column("person", "used_at", nullable=False)


def downgrade() -> None:
    """Not offered: restore a backup instead."""
    raise NotImplementedError
