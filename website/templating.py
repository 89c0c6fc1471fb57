"""What templates know: the Jinja environment, its filters and what every page is given.

`set_up(app)` is called by the factory before anything else touches `app.jinja_env`. Afterwards

- templates are strict: a misspelt name is an error;
- `asset("app.css")` is the address of a built file (static/build.mjs writes static/dist);
- the functions of `base/display.py` are filters, `bars` and `mark` draw the art;
- every page has `viewer` and `settings`, and may call `notices`, `navigation` and `footer`.
"""

from __future__ import annotations

import json
import logging
from functools import cache
from pathlib import Path
from typing import Any, cast

from flask import Flask, current_app, get_flashed_messages, has_request_context, request, url_for
from flask_wtf.csrf import generate_csrf
from jinja2 import FileSystemLoader, StrictUndefined
from markupsafe import Markup
from whitenoise import WhiteNoise

from base import art, display, settings
from base.access import may, viewer
from base.forms import error_summary
from base.settings import ROOT
from outside import clock

TEMPLATES = ROOT / "templates"
BUILT = ROOT / "static" / "dist"
HASHED = r"-[0-9a-f]{10}\.\w+$"

# The entries of the navigation: words, the section they stand for and the endpoint.
NAVIGATION = (("Awards", "awards", "home.awards"), ("Events", "events", "home.events"))
DEMO = ("Demo", "demo", "demo.index")
FOOTER = (("Accessibility", "home.accessibility"), ("Privacy", "home.privacy"))

_log = logging.getLogger(__name__)


@cache
def _read(path: Path, built_at: int) -> dict[str, str]:
    """A manifest as it was at that time (in nanoseconds; 0 where there is none): empty, with one warning."""
    if not built_at:
        _log.warning("The stylesheet and script are not built: run `make run` or `npm run build`.")
        return {}
    found: dict[str, str] = json.loads(path.read_text())
    return found


def _manifest() -> dict[str, str]:
    """Which built file stands for which name; a new build is seen at once."""
    path = BUILT / "manifest.json"
    try:
        return _read(path, path.stat().st_mtime_ns)
    except FileNotFoundError:
        return _read(path, 0)


def asset(name: str) -> str:
    """The address of a built file, with a hash in its name so that browsers may keep it for ever.

    Where nothing was built (tests without npm) it is the plain name; where the manifest does not know the
    name, KeyError.
    """
    manifest = _manifest()
    return f"{current_app.static_url_path}/{manifest[name] if manifest else name}"


def section() -> str:
    """Which part of the house this page belongs to: its view's first folder ("awards", "events")."""
    view = current_app.view_functions.get(request.endpoint or "") if has_request_context() else None
    return view.__module__.partition(".")[0] if view else ""


def navigation() -> list[dict[str, Any]]:
    """The entries in the header: {"text", "href", "current"}."""
    here, person = section(), viewer()
    yours = (person.name, "home.mine") if person else ("Sign in", "sign_in.ask_to_sign_in")
    entries = [*NAVIGATION, *([DEMO] if settings.current().demo else []), (yours[0], "accounts", yours[1])]
    return [
        {"text": text, "href": href, "current": part == here or href == request.path}
        for text, part, href in ((text, part, url_for(endpoint)) for text, part, endpoint in entries)
    ]


def footer() -> list[dict[str, str]]:
    """The links at the foot of every page: {"text", "href"}."""
    entries = (*FOOTER, ("Sign out", "sign_in.sign_out")) if viewer() else FOOTER
    return [{"text": text, "href": url_for(endpoint)} for text, endpoint in entries]


def notices() -> list[dict[str, str]]:
    """What the last action wanted said, once: {"kind", "text"}."""
    said = cast("list[tuple[str, str]]", get_flashed_messages(with_categories=True))
    return [{"kind": kind, "text": text} for kind, text in said]


def left(until: Any, now: Any = None) -> str:
    """`base.display.left`, with this request's time."""
    return display.left(until, now or clock.now())


def ago_or_in(when: Any, now: Any = None) -> str:
    """`base.display.ago_or_in`, with this request's time."""
    return display.ago_or_in(when, now or clock.now())


def bars(reference: str, **how: Any) -> Markup:
    """The picture of a reference as safe markup; see base/art.py."""
    return Markup(art.bars_svg(reference, **how))  # noqa: S704 - ours, from numbers; the class is escaped


def mark(**how: Any) -> Markup:
    """The mark as safe markup; see base/art.py."""
    return Markup(art.mark_svg(**how))  # noqa: S704 - the same


def allowed(permission: str, **about: Any) -> bool:
    """Whether the viewer has a permission: what hides a link that would lead to a 404."""
    return may(viewer(), permission, **about)


FILTERS = {
    name: getattr(display, name)
    for name in (
        "day",
        "day_year",
        "short_day",
        "clock_time",
        "day_and_time",
        "time_range",
        "day_range",
        "machine_time",
        "plural",
        "count_in_words",
        "number",
        "sentence_list",
        "capital",
        "word_count",
        "reading_minutes",
        "paragraphs",
    )
} | {"left": left, "ago_or_in": ago_or_in}

GLOBALS = {
    "asset": asset,
    "bars": bars,
    "mark": mark,
    "allowed": allowed,
    "error_summary": error_summary,
    "time_range": display.time_range,
    "day_range": display.day_range,
    "csrf_token": generate_csrf,
    "csrf": lambda: Markup('<input type="hidden" name="csrf_token" value="{}">').format(generate_csrf()),
    "notices": notices,
    "navigation": navigation,
    "footer": footer,
    "section": section,
}


def given_to_every_page() -> dict[str, Any]:
    """What each page has beside the globals: the signed-in person (or None) and the settings."""
    return {"viewer": viewer(), "settings": settings.current()}


def _headers_of_built(headers: Any, path: str, url: str) -> None:
    """What the answers of built files carry beside their caching."""
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"


def serve_built(app: Flask) -> None:
    """Answer for the built files before Flask is asked: compressed already, to be kept for ever by browsers.

    What was built after the start is not known here and goes through Flask's own static route.
    """
    if BUILT.is_dir():
        app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
            app.wsgi_app,
            root=BUILT,
            prefix=f"{app.static_url_path}/",
            immutable_file_test=HASHED,
            allow_all_origins=False,
            add_headers_function=_headers_of_built,
        )


def set_up(app: Flask) -> None:
    """Give `app` our templates, what they know, and the built files.

    Raises RuntimeError where something has used `app.jinja_env` before.
    """
    if "jinja_env" in app.__dict__:
        raise RuntimeError("templating.set_up(app) must come before anything that uses app.jinja_env.")
    app.jinja_options = {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    app.jinja_loader = FileSystemLoader(TEMPLATES)
    app.jinja_env.filters.update(FILTERS)
    app.jinja_env.globals.update(GLOBALS)
    app.context_processor(given_to_every_page)
    serve_built(app)
