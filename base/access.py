"""Who may open which page. Every view says so with @allow or @public; a test walks them all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import current_app, g

from base.errors import NotHere, SignInNeeded

View = TypeVar("View", bound=Callable[..., Any])
Predicate = Callable[..., bool]


@dataclass(frozen=True)
class Viewer:
    """The person who has signed in, as plain values."""

    person_id: int
    name: str
    email: str
    administrator: bool = False


def viewer() -> Viewer | None:
    """The person of this request, or None for a visitor."""
    found: Viewer | None = g.get("viewer")
    return found


def signed_in() -> Viewer:
    """The person of this request; raises SignInNeeded for a visitor."""
    found = viewer()
    if found is None:
        raise SignInNeeded
    return found


def allow(permission: str) -> Callable[[View], View]:
    """Let only people through for whom `permission`, asked with the view's arguments, says yes."""

    def mark(view: View) -> View:
        view.permission = permission  # type: ignore[attr-defined]
        return view

    return mark


def public(why: str) -> Callable[[View], View]:
    """Let everybody through; `why` says what makes that right."""

    def mark(view: View) -> View:
        view.public = why  # type: ignore[attr-defined]
        return view

    return mark


def anyone_signed_in(person: Viewer, **_: Any) -> bool:
    """A predicate for what every signed-in person may do."""
    return True


def permissions() -> dict[str, Predicate]:
    """Every permission of every area, by name."""
    table: dict[str, Predicate] = current_app.extensions["permissions"]
    return table


def may(person: Viewer | None, permission: str, **about: Any) -> bool:
    """Whether this person has the permission; administrators do not get one by being administrators."""
    return person is not None and permissions()[permission](person, **about)


def check_access(view: Callable[..., Any], arguments: dict[str, Any]) -> None:
    """Raise SignInNeeded or NotHere unless the viewer may open `view` with these URL arguments."""
    if getattr(view, "public", None):
        return
    permission: str | None = getattr(view, "permission", None)
    if permission is None:
        raise RuntimeError(f"{view.__module__}.{view.__name__} states no permission")
    if not may(signed_in(), permission, **arguments):
        raise NotHere
