"""outcomes come from one table, the highest first"""

from __future__ import annotations

from alembic import op

revision = "9d3e7a41c0b2"
down_revision = "5b1f0c6a2e47"
branch_labels = None
depends_on = None

OUTCOMES = "outcome in ('winner', 'highly_commended', 'shortlisted')"


def upgrade() -> None:
    """The two CHECKs in the order of the table, and mails that wait take the one that fits all."""
    for table in ("outcome", "certificate"):
        op.drop_constraint(op.f(f"ck_{table}_outcome"), table)
        op.create_check_constraint(op.f(f"ck_{table}_outcome"), table, OUTCOMES)
    op.execute(
        "update mail set template = 'outcomes/honoured', "
        'values = values || \'{"is_so": "is highly commended"}\' '
        "where template = 'outcomes/highly_commended'"
    )


def downgrade() -> None:
    """Not offered: restore a backup instead."""
    raise NotImplementedError
