"""mails about outcomes have their topic's name"""

from __future__ import annotations

from alembic import op

revision = "5b1f0c6a2e47"
down_revision = "d8c18d3febe4"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Mails that wait name their template; it moved from mail/shortlist/ to mail/outcomes/."""
    op.execute(
        "update mail set template = 'outcomes/' || substr(template, 11) where template like 'shortlist/%'"
    )


def downgrade() -> None:
    """Not offered: restore a backup instead."""
    raise NotImplementedError
