"""What needs an organiser of an event: the lines of the desk. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from base.display import day_and_time, plural, sentence_list
from events.agenda.rules import FullSession


@dataclass(frozen=True)
class Todo:
    """One thing for the organiser: its kind, how many, and what about them."""

    kind: str
    count: int
    text: str


def todos(
    *,
    access_needs: int,
    full: Sequence[FullSession],
    double_booked: int,
    secret: Sequence[FullSession],
    stale: bool,
) -> list[Todo]:
    """What needs the organiser now; nothing that counts zero.

    `access_needs` counts registrations that noted some, `full` are the workshops that people wait for,
    `double_booked` counts people with two workshops at one time, `secret` are the sessions that are hidden
    now, `stale` says that there is an agenda and no programme of it as it is.
    """
    found = [
        _counted("needs", access_needs, "registration has|registrations have", "noted access needs"),
        _counted("full", len(full), "workshop is|workshops are", _full_words(full)),
        _counted(
            "twice",
            double_booked,
            "person has|people have",
            "two workshops at the same time since one was moved",
        ),
        *(Todo("surprise", 1, _surprise_words(session)) for session in secret),
        Todo("stale", int(stale), "programme is not made of the agenda as it is now"),
    ]
    return [todo for todo in found if todo.count]


def _counted(kind: str, count: int, one_or_many: str, rest: str) -> Todo:
    one, _, many = one_or_many.partition("|")
    return Todo(kind, count, f"{one if count == 1 else many} {rest}")


def _full_words(full: Sequence[FullSession]) -> str:
    waiting = plural(sum(session.waiting for session in full), "person waits", "people wait")
    return f"full and {waiting}: {sentence_list(session.title for session in full)}"


def _surprise_words(session: FullSession) -> str:
    until = day_and_time(session.embargo_until) if session.embargo_until else ""
    return f"surprise, {session.title}, is told on {until}"
