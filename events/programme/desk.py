"""What needs the organiser: the lines of the desk, each with a number and the one page to deal with it."""

from __future__ import annotations

from flask import url_for

from base.display import day_and_time, plural, sentence_list
from events.programme.queries import Desk

Item = dict[str, object]


def what_needs_you(desk: Desk) -> list[Item]:
    """The lines of a desk; what there is nothing to do about is left out."""
    needs = url_for("registration.list_needs", event_slug=desk.event.slug)
    sessions = url_for("agenda.list_sessions", event_slug=desk.event.slug)
    waiting = plural(sum(one.waiting for one in desk.full), "person waits", "people wait")
    full = f"full and {waiting}: {sentence_list(one.title for one in desk.full)}"
    twice = "two workshops at the same time since one was moved"
    items = [
        _item(
            desk.access_needs, "registration has|registrations have", "noted access needs", needs, "See them"
        ),
        _item(len(desk.full), "workshop is|workshops are", full, sessions, "Change places or rooms"),
        _item(desk.double_booked, "person has|people have", twice, sessions, "Look at the sessions"),
    ]
    for one in desk.secret:
        told = f"{one.title}, is told on {day_and_time(one.embargo_until) if one.embargo_until else ''}"
        items.append(_item(1, "surprise,|", told, sessions, "Check the hour"))
    stale = 1 if desk.sessions and desk.programme is None else 0
    made = "not made of the agenda as it is now"
    items.append(_item(stale, "programme is|", made, "#programme", "Make the programme"))
    return [item for item in items if item["count"]]


def _item(count: int, one_or_many: str, rest: str, href: str, action: str) -> Item:
    one, _, many = one_or_many.partition("|")
    return {"count": count, "text": f"{one if count == 1 else many} {rest}", "href": href, "action": action}
