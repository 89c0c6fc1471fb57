"""The only place where a request commits."""

from __future__ import annotations

import copy
import time
from typing import Any

from flask import Flask, g, request, session
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from base.access import check_access
from base.database import db, take_handed_over
from outside import clock, queue

TRIES = 3
# serialization_failure, deadlock_detected
AGAIN = {"40001", "40P01"}
READING = {"GET", "HEAD", "OPTIONS"}


class Chorus(Flask):
    """Flask whose every view runs in one transaction, with one time, and is asked for its permission."""

    def full_dispatch_request(self) -> Any:
        """Hold the time still for the whole request, error pages included."""
        with clock.held():
            return super().full_dispatch_request()

    def dispatch_request(self) -> ResponseReturnValue:
        """Run the view and commit; run it again when the database asks for that; roll back on any error."""
        # Asked for where something is written only: what looks at the cookie varies with it.
        cookie = None if request.method in READING else copy.deepcopy(dict(session))
        for left in reversed(range(TRIES)):
            committing = False
            try:
                response = self.make_response(self._view_within_transaction())
                committing = True
                commit()
                return response
            except DBAPIError as error:
                roll_back()
                if left == 0 or not may_try_again(error, committing):
                    raise
                start_over(cookie)
                time.sleep(0.02 * (TRIES - left))
            except BaseException:
                roll_back()
                raise
        raise AssertionError("unreachable")

    def _view_within_transaction(self) -> ResponseReturnValue:
        if request.endpoint == "static":
            return super().dispatch_request()
        if request.method in READING:
            read_only()
        self.extensions["viewer_loader"]()
        rule = request.url_rule
        if request.routing_exception is not None or rule is None:
            self.raise_routing_exception(request)
        if request.method == "OPTIONS":
            return self.make_default_options_response()
        view = self.view_functions[rule.endpoint]
        arguments = request.view_args or {}
        check_access(view, arguments)
        return self.ensure_sync(view)(**arguments)


def read_only() -> None:
    """Make this request's transaction READ ONLY: psycopg says so in its BEGIN, so it costs nothing."""
    ours: Session = db.session()
    if not ours.in_transaction():
        ours.connection(execution_options={"postgresql_readonly": True})


def may_try_again(error: DBAPIError, committing: bool) -> bool:
    """Whether running the view once more is right: the database asks for it, or a connection was lost.

    A connection lost while committing may have committed, so that is not tried again.
    """
    lost = error.connection_invalidated and not committing
    return lost or getattr(error.orig, "sqlstate", None) in AGAIN


def commit() -> None:
    """Commit, and only then hand the work to the queue."""
    db.session.commit()
    queue.enqueue_all(take_handed_over())


def roll_back() -> None:
    """Undo everything of this request, the queued work included."""
    db.session.rollback()
    take_handed_over()


def start_over(cookie: dict[str, Any] | None) -> None:
    """Make the request as it was before the view ran: uploads rewound, the cookie's content as it came."""
    for upload in (one for _, several in request.files.lists() for one in several):
        upload.stream.seek(0)
    if cookie is not None:
        session.clear()
        session.update(copy.deepcopy(cookie))
    for remembered in ("notices", "csrf_valid", "csrf_token"):
        g.pop(remembered, None)
