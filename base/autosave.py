"""Answers to a form that saves itself while somebody writes (static/js/autosave.js).

Such a form posts its own fields to its own address with the header X-Autosave. Both answers are JSON with a
`message` for the line under the form; what was kept also brings the form's hidden fields up to date:

    {"message": "Saved at 10am", "saved_at": "10am", "fields": {"version": "2"}}        200
    {"message": "Not saved. Shorten this by 3 words: the limit is 150 words."}         422
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import request

from base.display import clock_time
from base.forms import ChorusForm, error_summary


def saves_itself() -> bool:
    """Whether this request comes from a form that saves itself, not from one of its buttons."""
    return request.method == "POST" and "X-Autosave" in request.headers


def saved(now: datetime, **fields: object) -> dict[str, Any]:
    """What is on the page is kept; `fields` are the new values of hidden fields, by name."""
    at = clock_time(now)
    return {
        "message": f"Saved at {at}",
        "saved_at": at,
        "fields": {name: str(value) for name, value in fields.items()},
    }


def not_saved(form: ChorusForm, why: str = "") -> tuple[dict[str, Any], int]:
    """Nothing is kept: the form's first error, or other words where those speak of the page."""
    return {"message": f"Not saved. {why or error_summary(form)[0]['text']}."}, 422
