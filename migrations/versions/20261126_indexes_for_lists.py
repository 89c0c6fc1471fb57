"""indexes for lists in pages: registrations by name, mails by their writing, reads with their state"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "c41a7e9d2f05"
down_revision = "c41e7a90b2d6"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Three indexes; that of reads takes the place of the one without the state."""
    op.create_index("ix_mail_written_at", "mail", ["written_at"])
    op.create_index(
        "ix_registration_event_name", "registration", ["event_id", sa.text("lower(badge_name)"), "id"]
    )
    op.create_index("ix_read_entry_state", "read", ["entry_id", "state"])
    op.drop_index("ix_read_entry_id", "read")


def downgrade() -> None:
    """Not offered: restore a backup instead."""
    raise NotImplementedError
