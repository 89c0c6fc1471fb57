"""a question says whether its answers are published"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "c41e7a90b2d6"
down_revision = "9d3e7a41c0b2"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Until now the answer to the question with the key "summary" was the published one."""
    op.add_column("question", sa.Column("published", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute("update question set published = true where key = 'summary'")
    op.alter_column("question", "published", server_default=None)


def downgrade() -> None:
    """Not offered: restore a backup instead."""
    raise NotImplementedError
