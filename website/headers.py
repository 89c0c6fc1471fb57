"""The headers that every answer carries."""

from __future__ import annotations

from flask import Flask, Response, request

from base import settings
from base.access import viewer

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
# Pages whose address holds a secret: nothing may carry it on, and no browser may keep it.
SECRET_ADDRESSES = {
    "sign_in.use_link",
    "my_registration.manage_registration",
    "my_registration.cancel_registration",
    "needs.change_needs",
}


def add_headers(response: Response) -> Response:
    """Set what protects people's browsers, and what may be kept where."""
    headers = response.headers
    headers["Content-Security-Policy"] = POLICY
    headers["X-Content-Type-Options"] = "nosniff"
    headers["X-Frame-Options"] = "DENY"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=()"
    secret = request.endpoint in SECRET_ADDRESSES
    headers["Referrer-Policy"] = "no-referrer" if secret else "same-origin"
    if settings.current().https:
        headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    if "Cache-Control" not in headers:
        # Shared caches keep nothing: a page may not outlive the hour of what it hides.
        headers["Cache-Control"] = "no-store" if secret or viewer() else "private, no-cache"
    return response


def set_up(app: Flask) -> None:
    """Give every answer of the app its headers."""
    app.after_request(add_headers)
