"""How long the history keeps what was changed."""

from __future__ import annotations

from base.display import YEAR

CHANGES_KEPT = 6 * YEAR
