"""mails to judges have their topic's name"""

from __future__ import annotations

from alembic import op

revision = "3d7a90c41be5"
down_revision = "c41a7e9d2f05"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Mails that wait name their template: invitations are panels/, what there is to read is planning/."""
    op.execute("update mail set template = 'panels/invited' where template = 'judging/invited'")
    op.execute("update mail set template = 'planning/reads_given' where template = 'judging/reads_given'")


def downgrade() -> None:
    """Not offered: restore a backup instead."""
    raise NotImplementedError
