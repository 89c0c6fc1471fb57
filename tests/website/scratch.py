"""A second app with views of a test's own: what a view may do wrong is tried there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Response
from flask_wtf.csrf import generate_csrf

from base.access import public
from base.settings import Settings
from tests.page import Browser, Page
from website.factory import create_app
from website.transactions import Chorus


def scratch_app(settings: Settings, **views: Callable[..., Any]) -> Chorus:
    """The whole of Chorus with these views beside its own, at /scratch/<name> for GET and POST."""
    app = create_app(settings)

    @public("For this test")
    def token() -> str:
        return generate_csrf()

    @app.after_request
    def plain(response: Response) -> Response:
        """What a scratch view answers is no page."""
        if not response.get_data().startswith(b"<!DOCTYPE") and response.mimetype == "text/html":
            response.mimetype = "text/plain"
        return response

    for name, view in {"token": token, **views}.items():
        marked = view if hasattr(view, "permission") else public("For this test")(view)
        app.add_url_rule(f"/scratch/{name}", f"scratch.{name}", marked, methods=["GET", "POST"])
    return app


def send(app: Chorus, name: str, browser: Browser | None = None, **data: Any) -> Page:
    """POST to a scratch view, with the token that a page of the same browser would hold."""
    browser = browser or Browser(app.test_client())
    token = browser.open("/scratch/token").body.decode()
    return browser.send(f"/scratch/{name}", {"csrf_token": token, **data})
