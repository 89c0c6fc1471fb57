"""Who may join a panel."""

from __future__ import annotations

import pytest

from awards.panels import rules
from base.errors import Refusal

HERE = Refusal("They are on this panel already", "email")
CHAIRED = Refusal("Maya Collins chairs this panel already", "chair")


@pytest.mark.parametrize(
    ("member", "chair", "chaired_by", "why_not"),
    [
        (False, False, "", None),
        (False, False, "Maya Collins", None),
        (False, True, "", None),
        (False, True, "Maya Collins", CHAIRED),
        (True, False, "", HERE),
        (True, True, "Maya Collins", HERE),
    ],
)
def test_why_not_add_judge(member: bool, chair: bool, chaired_by: str, why_not: Refusal | None) -> None:
    """Nobody twice, and one chair at most."""
    assert rules.why_not_add_judge(member, chair, chaired_by) == why_not
