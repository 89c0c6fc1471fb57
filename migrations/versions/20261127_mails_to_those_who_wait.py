"""mails to those who waited have their topic's name"""

from __future__ import annotations

from alembic import op

revision = "a47e3b77b0a9"
down_revision = "3d7a90c41be5"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Mails that wait name their template; two moved from mail/registration/ to mail/waiting/."""
    op.execute(
        "update mail set template = 'waiting/' || substr(template, 14)"
        " where template in ('registration/workshop_place', 'registration/event_place')"
    )


def downgrade() -> None:
    """Not offered: restore a backup instead."""
    raise NotImplementedError
