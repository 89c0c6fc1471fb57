"""The web server's door."""

from __future__ import annotations

from website.factory import create_app

app = create_app()
