"""Rules of panels: who may join one. Pure."""

from __future__ import annotations

from base.errors import Refusal


def why_not_add_judge(member: bool, chair: bool, chaired_by: str) -> Refusal | None:
    """Why a person cannot join a panel: they are a `member` already, or would be a second chair.

    `chaired_by` is the name of the panel's chair, empty where it has none.
    """
    if member:
        return Refusal("They are on this panel already", "email")
    if chair and chaired_by:
        return Refusal(f"{chaired_by} chairs this panel already", "chair")
    return None
