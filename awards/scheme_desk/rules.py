"""What an organiser is asked to do today, and the chart of entries in words. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from awards.schemes.rules import Hours, phase
from base.display import ago_or_in, count_in_words, local, plural

# How long before judging ends unfinished reads become something for today.
NEAR_THE_END = timedelta(days=7)


@dataclass(frozen=True)
class CategoryFigures:
    """How far one category is, in numbers."""

    slug: str
    name: str
    submitted: int = 0
    drafts: int = 0
    stopped: int = 0
    unconsented: int = 0
    judges: int = 0
    reads: int = 0
    reads_done: int = 0
    unread: int = 0
    decided: int = 0
    winners: int = 0


@dataclass(frozen=True)
class Todo:
    """One thing for the organiser: how many, what about them, and which page deals with it."""

    kind: str
    count: int
    text: str


def _stopped(categories: Sequence[CategoryFigures], hours: Hours, now: datetime) -> Todo:
    count = sum(one.stopped for one in categories)
    verbs = ("draft has", "closes") if count == 1 else ("drafts have", "close")
    return Todo(
        "stopped", count, f"{verbs[0]} stopped for a week and {verbs[1]} {ago_or_in(hours.closes_at, now)}"
    )


def _unconsented(categories: Sequence[CategoryFigures]) -> Todo:
    count = sum(one.unconsented for one in categories)
    verb = "nomination waits" if count == 1 else "nominations wait"
    return Todo("unconsented", count, f"{verb} for a guardian's agreement")


def _judging(categories: Sequence[CategoryFigures], hours: Hours, now: datetime) -> list[Todo]:
    """What judging waits for: panels, reads handed out, reads finished, outcomes."""
    no_panel = sum(one.submitted > 0 and one.judges == 0 for one in categories)
    unread = sum(one.unread for one in categories if one.judges)
    unfinished = sum(one.reads - one.reads_done for one in categories)
    todo = [
        Todo("no_panel", no_panel, f"{_category_has(no_panel)} no panel yet"),
        Todo("unread", unread, f"{'entry has' if unread == 1 else 'entries have'} nobody to read them yet"),
    ]
    ends = hours.judging_closes_at
    if ends is not None and ends - now <= NEAR_THE_END:
        words = f"{'read is' if unfinished == 1 else 'reads are'} not finished"
        todo.append(
            Todo(
                "unfinished",
                unfinished,
                f"{words}, and judging ends {ago_or_in(ends, now)}" if ends > now else words,
            )
        )
    return todo


def _deciding(categories: Sequence[CategoryFigures], hours: Hours, now: datetime) -> list[Todo]:
    """What deciding waits for: a shortlist once judging has ended, a winner once the shortlist is out."""
    ends, todo = hours.judging_closes_at, []
    if ends is None or now >= ends:
        undecided = sum(one.reads_done > 0 and one.decided == 0 for one in categories)
        todo.append(Todo("undecided", undecided, f"{_category_has(undecided)} no shortlist yet"))
    if phase(hours, now) in ("shortlisted", "announced"):
        unwon = sum(one.decided > 0 and one.winners == 0 for one in categories)
        todo.append(Todo("unwon", unwon, f"{_category_has(unwon)} no winner yet"))
    return todo


def _category_has(count: int) -> str:
    return "category has" if count == 1 else "categories have"


def _hours_not_set(hours: Hours) -> Todo:
    missing = [
        name
        for name, at in (
            ("the end of judging", hours.judging_closes_at),
            ("the shortlist", hours.shortlist_at),
            ("the winners", hours.winners_at),
        )
        if at is None
    ]
    named = " and ".join([", ".join(missing[:-1]), missing[-1]] if len(missing) > 1 else missing)
    verb = "hour is" if len(missing) == 1 else "hours are"
    return Todo("hours", len(missing), f"{verb} not set: {named}")


def todos(categories: Sequence[CategoryFigures], hours: Hours, now: datetime) -> list[Todo]:
    """What needs the organiser now, most pressing first; nothing that counts zero."""
    reached = phase(hours, now)
    found: list[Todo] = []
    if reached == "open":
        found = [_stopped(categories, hours, now), _unconsented(categories)]
    elif reached != "not_open":
        judging = _judging(categories, hours, now) if reached == "judging" else []
        found = [*judging, *_deciding(categories, hours, now)]
    if reached != "announced":
        found.append(_hours_not_set(hours))
    return [one for one in found if one.count]


def greeting(name: str, things: int, now: datetime) -> str:
    """ "Good morning, Noor. Four things need you." at the hour of London."""
    hour = local(now).hour
    part = "morning" if hour < 12 else "afternoon" if hour < 18 else "evening"
    first = name.strip().partition(" ")[0]
    hello = f"Good {part}, {first}." if first else f"Good {part}."
    if not things:
        return f"{hello} Nothing needs you today."
    said = count_in_words(things)
    rest = "thing needs you" if things == 1 else "things need you"
    return f"{hello} {said[:1].upper()}{said[1:]} {rest}."


def in_days(counts: dict[int, int], days: int) -> list[int]:
    """Counts by days before the last one, as a list from the earliest to the last."""
    return [counts.get(before, 0) for before in range(days - 1, -1, -1)]


def last_full_day(hours: Hours, now: datetime) -> date:
    """The last day that a chart of entries shows: yesterday in London, or the day entries closed."""
    return min(local(now).date() - timedelta(days=1), local(hours.closes_at).date())


def chart_words(this_year: Sequence[int], last_year: Sequence[int], last: date, today: date) -> str:
    """A chart of entries a day in a sentence."""
    when = "yesterday" if today - last == timedelta(days=1) else "on the last day"
    said = f"{plural(this_year[-1], 'entry', 'entries')} {when}"
    if any(last_year):
        said += f", against {count_in_words(last_year[-1])} as close to the deadline last year"
    return said + "."
