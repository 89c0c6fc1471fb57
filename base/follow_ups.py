"""What a later part of the house does about something that an earlier part did, in the same transaction.

An earlier topic may not import a later one, so it declares what happened, where it happens, and says so:

    @follow_up
    def places_freed(event_slug: str) -> None:
        \"\"\"Somebody who waits may have a place now; the event is locked.\"\"\"

    places_freed(event.slug)

`website/factory.py` names the one function of a later topic that follows, by topic and name:

    FOLLOW_UPS = {"set_up.places_freed": waiting.hand_on}

That function is called there and then, with the same arguments; what it raises goes to the caller. The app
does not start with a name that nobody declared or that nobody follows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, ParamSpec

from flask import Flask, current_app

Given = ParamSpec("Given")
DECLARED: dict[str, Callable[..., None]] = {}


def follow_up(declared: Callable[Given, None]) -> Callable[Given, None]:
    """Declare that a later topic follows; calling the function calls the one that the factory named."""
    name = f"{declared.__module__.split('.')[-2]}.{declared.__name__}"
    if name in DECLARED:
        raise RuntimeError(f"two follow-ups are called {name}")

    @wraps(declared)
    def follow(*about: Given.args, **more: Given.kwargs) -> None:
        current_app.extensions["follow_ups"][name](*about, **more)

    DECLARED[name] = follow
    return follow


def fill(app: Flask, followers: Mapping[str, Callable[..., Any]]) -> None:
    """Say who follows each declared name; RuntimeError for one that is unknown or missing."""
    unknown, missing = sorted(followers.keys() - DECLARED.keys()), sorted(DECLARED.keys() - followers.keys())
    if unknown or missing:
        raise RuntimeError(f"follow-ups that nobody declared: {unknown}; that nobody follows: {missing}")
    app.extensions["follow_ups"] = dict(followers)
