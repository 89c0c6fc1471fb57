"""What people see when something cannot be done. Never a stack trace, never a dead end."""

from __future__ import annotations

import logging
import traceback

from flask import Flask, current_app, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_limiter.errors import RateLimitExceeded
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException, SecurityError
from werkzeug.utils import redirect

from base.errors import NotHere, Refused, SignInNeeded
from website import health
from website.transactions import roll_back

log = logging.getLogger(__name__)

PAGES = (400, 403, 404, 405, 409, 413, 419, 429, 500, 503)


def _page(number: int, **values: object) -> ResponseReturnValue:
    """The error page of a number; 400 and 500 stand for their families."""
    if request.accept_mimetypes.best == "application/json":
        return jsonify(error=values.get("why") or number), number
    name = number if number in PAGES else (400 if number < 500 else 500)
    return render_template(f"errors/{name}.html", **values), number


def sign_in_needed(error: SignInNeeded) -> ResponseReturnValue:
    """Send a visitor to the sign-in page, and back here afterwards where that makes sense."""
    onward = request.full_path.rstrip("?") if request.method == "GET" else ""
    return redirect(url_for("sign_in.ask_to_sign_in", onward=onward or None), 303)


def not_here(error: Exception) -> ResponseReturnValue:
    """One page for what does not exist and for what is not this person's."""
    return _page(404)


def refused(error: Refused) -> ResponseReturnValue:
    """A rule said no and the view had no form to show it beside."""
    return _page(409, why=error.why)


def page_too_old(error: CSRFError) -> ResponseReturnValue:
    """The form's token is missing or too old: what was typed is shown again, to be copied or sent again."""
    # This is found out before the view's turn has come: the page is still that of a person who has signed in.
    current_app.extensions["viewer_loader"]()
    typed = [
        (name, value) for name, value in request.form.items(multi=True) if value and name != "csrf_token"
    ]
    texts = [value for name, value in typed if len(value) > 20]
    return _page(419, texts=texts)


def too_fast(error: RateLimitExceeded) -> ResponseReturnValue:
    """More requests than a person, or a whole office, makes."""
    return _page(429)


def database_away(error: Exception) -> ResponseReturnValue:
    """The database does not answer."""
    roll_back()
    log.error("database away: %s at %s", type(error).__name__, request.endpoint)
    if request.endpoint == "home.health":
        return health.report(database=False)
    return _page(503)


def other_http(error: HTTPException) -> ResponseReturnValue:
    """Any other answer that HTTP has a number for."""
    number = error.code or 500
    if number < 400:
        return error.get_response()
    if number == 404:
        return not_here(error)
    return _page(number)


def impossible_value(error: DataError) -> ResponseReturnValue:
    """Something in the address or form that no column can hold, such as a number of thirty digits."""
    return _page(400)


def wrong_host(error: SecurityError) -> ResponseReturnValue:
    """The request names a host that we are not: no page of ours, whose links would lead there."""
    return "This is not the address of this Chorus.\n", 400, {"Content-Type": "text/plain; charset=utf-8"}


def broken(error: Exception) -> ResponseReturnValue:
    """Our mistake: logged by its class and place, without its words, which may hold what people wrote."""
    places = "".join(traceback.format_tb(error.__traceback__))
    log.error("broken at %s: %s\n%s", request.endpoint, type(error).__name__, places)
    return _page(500)


def set_up(app: Flask) -> None:
    """Register the pages."""
    app.register_error_handler(SignInNeeded, sign_in_needed)
    app.register_error_handler(NotHere, not_here)
    app.register_error_handler(Refused, refused)
    app.register_error_handler(CSRFError, page_too_old)
    app.register_error_handler(RateLimitExceeded, too_fast)
    app.register_error_handler(SecurityError, wrong_host)
    app.register_error_handler(DataError, impossible_value)
    app.register_error_handler(OperationalError, database_away)
    app.register_error_handler(PoolTimeout, database_away)
    app.register_error_handler(HTTPException, other_http)
    if not app.testing:
        app.register_error_handler(Exception, broken)
