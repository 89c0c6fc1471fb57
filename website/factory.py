"""Puts the parts together: one app for web, workers, command line, migrations and tests."""

from __future__ import annotations

import importlib
from datetime import timedelta

from flask import g, session
from flask_compress import Compress
from flask_wtf import CSRFProtect
from sqlalchemy.orm import configure_mappers
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter, Map

import accounts.permissions
import awards.permissions
import events.permissions
import website.permissions
from accounts.sign_in.queries import viewer_of_device
from base import follow_ups, settings
from base.access import Predicate
from base.database import db
from base.settings import ROOT, Settings
from events.waiting.actions import hand_on
from outside import clock
from website import errors, headers, limits, templating
from website.modules import modules_called
from website.transactions import Chorus

# Every topic with pages, in the order of the floors.
TOPICS = (
    "accounts.people",
    "accounts.sign_in",
    "accounts.organisations",
    "awards.schemes",
    "awards.entries",
    "awards.writers",
    "awards.panels",
    "awards.planning",
    "awards.judging",
    "awards.outcomes",
    "awards.certificates",
    "awards.announced",
    "awards.scheme_desk",
    "events.set_up",
    "events.agenda",
    "events.registration",
    "events.needs",
    "events.my_registration",
    "events.door",
    "events.programme",
    "events.public_page",
    "events.event_desk",
    "website.home",
    "website.history",
)
# What a later topic does about what an earlier one did; see base/follow_ups.py.
FOLLOW_UPS = {"set_up.places_freed": hand_on}
MOST_UPLOAD = 12 * 1024 * 1024


class DatabaseInteger(IntegerConverter):
    """A number in an address; one that no column can hold leads to no page."""

    def __init__(self, map: Map) -> None:  # noqa: A002 - werkzeug calls it so
        super().__init__(map, max=2_147_483_647)


def create_app(given: Settings | None = None) -> Chorus:
    """The whole of Chorus, with the given settings or those of the environment; raises SettingsError."""
    chosen = given or settings.current()
    chosen.refuse_without_servers()
    settings.use(chosen)
    app = Chorus(
        "website",
        root_path=str(ROOT),
        template_folder="templates",
        static_folder="static/dist",
        static_url_path="/static",
    )
    app.config.update(
        SECRET_KEY=chosen.secret,
        SQLALCHEMY_DATABASE_URI=chosen.database_url,
        CHORUS=chosen,
        TESTING=chosen.mode == "test",
        TRUSTED_HOSTS=_trusted_hosts(chosen),
        MAX_CONTENT_LENGTH=MOST_UPLOAD,
        MAX_FORM_MEMORY_SIZE=1_000_000,
        PERMANENT_SESSION_LIFETIME=timedelta(days=30),
        SEND_FILE_MAX_AGE_DEFAULT=timedelta(days=365),
        SESSION_COOKIE_NAME="__Host-chorus" if chosen.https else "chorus",
        SESSION_COOKIE_SECURE=chosen.https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_REFRESH_EACH_REQUEST=False,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
        COMPRESS_MIMETYPES=[
            "text/html",
            "text/css",
            "text/javascript",
            "image/svg+xml",
            "text/calendar",
        ],
        COMPRESS_ALGORITHM=["gzip"],
        COMPRESS_LEVEL=5,
    )
    if chosen.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=chosen.proxies, x_proto=chosen.proxies)  # type: ignore[method-assign]
    app.url_map.converters["int"] = DatabaseInteger
    templating.set_up(app)
    import_tables()
    db.init_app(app)
    CSRFProtect(app)
    app.extensions["permissions"] = permission_table()
    app.extensions["viewer_loader"] = load_viewer
    headers.set_up(app)
    errors.set_up(app)
    for topic in (*TOPICS, *(("website.demo",) if chosen.demo else ())):
        app.register_blueprint(importlib.import_module(f"{topic}.views").bp)
    follow_ups.fill(app, FOLLOW_UPS)
    limits.set_up(app)
    Compress(app)
    return app


def _trusted_hosts(chosen: Settings) -> list[str]:
    own = chosen.host.rpartition(":")[0] if ":" in chosen.host else chosen.host
    return [own] if chosen.mode == "live" else [own, "127.0.0.1", "localhost"]


def import_tables() -> None:
    """Import every models.py of the house and let SQLAlchemy tie them together."""
    for _ in modules_called("models"):
        pass
    configure_mappers()


def permission_table() -> dict[str, Predicate]:
    """Every permission of every area; two areas may not use one name."""
    table: dict[str, Predicate] = {}
    for area in (accounts, awards, events, website):
        for name, predicate in area.permissions.PERMISSIONS.items():
            if name in table:
                raise RuntimeError(f"two permissions are called {name}")
            table[name] = predicate
    return table


def load_viewer() -> None:
    """Find out who is signed in, once per request and inside its transaction."""
    token = session.get("device")
    g.viewer = viewer_of_device(token, clock.now()) if token else None
