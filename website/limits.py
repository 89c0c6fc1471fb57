"""How many requests one client may make. Generous: a whole trust may share one address."""

from __future__ import annotations

import hashlib
from typing import Any

from flask import Flask, request
from flask_limiter import Limiter
from redis.backoff import NoBackoff
from redis.retry import Retry

from base import settings

EVERYTHING = "3000 per minute"
# Asking for codes and registering write mail; people make mistakes, scripts make thousands.
WRITING_MAIL = "600 per minute"
MAIL_WRITERS = ("sign_in.ask_to_sign_in", "sign_in.enter_code", "my_registration.register")

# One more try at once where a connection has gone stale; a page does not wait for a Redis that is away.
QUICKLY: dict[str, Any] = {
    "socket_connect_timeout": 2,
    "socket_timeout": 2,
    "retry": Retry(NoBackoff(), 1),
}


def client_key() -> str:
    """Who is counted: the address, hashed with our secret, so that the counters name nobody."""
    secret = settings.current().secret
    return hashlib.sha256(f"{secret}{request.remote_addr}".encode()).hexdigest()[:24]


def set_up(app: Flask) -> None:
    """Count in Redis; where it is away each web process counts for itself.

    Raises RuntimeError where MAIL_WRITERS names an endpoint that does not exist.
    """
    limiter = Limiter(
        client_key,
        app=app,
        default_limits=[EVERYTHING],
        storage_uri=settings.current().redis_url.replace("unix://", "redis+unix://"),
        storage_options=QUICKLY,
        strategy="fixed-window",
        in_memory_fallback_enabled=True,
        headers_enabled=False,
        key_prefix="chorus",
    )
    for endpoint in MAIL_WRITERS:
        if endpoint not in app.view_functions:
            raise RuntimeError(f"limits.py limits {endpoint}, which is no endpoint: mend MAIL_WRITERS")
        limited = limiter.limit(WRITING_MAIL, methods=["POST"], override_defaults=False)
        app.view_functions[endpoint] = limited(app.view_functions[endpoint])  # type: ignore[assignment]

    @limiter.request_filter
    def assets() -> bool:
        return request.endpoint in ("static", "home.health")
