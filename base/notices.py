"""Telling people on their next page what was done."""

from __future__ import annotations

from flask import flash


def notice(text: str, kind: str = "success") -> None:
    """Show `text` at the top of the person's next page; kind is "success" (green) or "info" (plum)."""
    flash(text, kind)
