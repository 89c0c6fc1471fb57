"""Which pages grow: every page that can be opened, with some data and with ten times as much.

In process, through the whole application (sign-in, permission, transaction, template), without compression.
Pages are found by themselves: every GET address of the application, filled with what is in `grown`, opened by
the first of the roles whom it answers. Where a page has a search, a filter or pages, those are opened, too.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import event, func, select, text
from werkzeug.routing import Rule

from accounts.people.actions import meet_person
from backstage.questions.models import Question
from base.database import db
from bench import grown
from bench.grown import BASE, TENFOLD, Grown
from bench.report import Runs, Unmeasured, repeat
from bench.world import World
from website.demo.rules import address

# Who may open a page is tried in this order; "organiser" runs both the awards and the event.
ROLES = ("visitor", "writer", "judge", "organiser", "administrator")
# Opened beside what is found, because it shows each role something else.
ALSO = (("organiser", "/me"), ("judge", "/me"))
EACH, SLOW = 3, 0.3
SEARCHED = "17"


@dataclass(frozen=True)
class Place:
    """One address, as one role opens it; `name` is its endpoint and what is chosen on the page."""

    name: str
    role: str
    path: str


@dataclass
class Seen:
    """What opening a page took, at one size: milliseconds (all, each run's p50), kilobytes, statements."""

    milliseconds: list[float] = field(default_factory=list)
    by_run: list[float] = field(default_factory=list)
    kilobytes: float = 0.0
    statements: int = 0
    sql_ms: list[float] = field(default_factory=list)
    page: bool = True


class Asked:
    """How many statements the database was sent, and the seconds it took to answer."""

    def __init__(self) -> None:
        self.count, self.seconds, self._began = 0, 0.0, 0.0

    def listen(self) -> None:
        """Count from now on; inside an app's context."""
        event.listen(db.engine, "before_cursor_execute", self._before)
        event.listen(db.engine, "after_cursor_execute", self._after)

    def _before(self, *_: Any) -> None:
        self._began = time.perf_counter()

    def _after(self, *_: Any) -> None:
        self.count += 1
        self.seconds += time.perf_counter() - self._began


class Reader:
    """Opens pages as every role, and says what that took."""

    def __init__(self, world: World, people: dict[str, int]) -> None:
        self.app, self.asked = world.app, Asked()
        self.browsers: dict[str, FlaskClient] = {}
        self.closed: list[
            str
        ] = []  # what nobody could open: files that are not there, pages before their hour
        for role in ROLES:
            self.browsers[role] = self.app.test_client()
            if role in people:
                for name, value in world.sign_in(people[role]).cookies.items():
                    self.browsers[role].set_cookie(name, value)
        with self.app.app_context():
            self.asked.listen()

    def places(self, values: dict[str, list[Any]]) -> list[Place]:
        """Every page that one of the roles can open, with its search, its filters and its last page."""
        found = [Place(f"{path} ({role})", role, path) for role, path in ALSO]
        for rule in self.app.url_map.iter_rules():
            if "GET" in (rule.methods or ()) and rule.endpoint != "static":
                ways = list(itertools.islice(self._openings(rule, values), 1))
                found += ways
                self.closed += [] if ways else [rule.endpoint]
        return found + [more for one in found for more in self._choices(one)]

    def _openings(self, rule: Rule, values: dict[str, list[Any]]) -> Iterator[Place]:
        """The ways to open a route that are answered with 200."""
        names = sorted(rule.arguments)
        with self.app.test_request_context():
            paths = [
                self.app.url_for(rule.endpoint, **dict(zip(names, some, strict=True)))
                for some in itertools.product(*(values.get(name, ()) for name in names))
            ]
        for role, path in itertools.product(ROLES, paths):
            if self.browsers[role].get(path).status_code == 200:
                yield Place(rule.endpoint, role, path)

    def _choices(self, place: Place) -> Iterator[Place]:
        """The search, the last choice of each filter, and the last page, where a page has them."""
        answer = self.browsers[place.role].get(place.path)
        if answer.mimetype != "text/html":
            return
        tree = html.fromstring(answer.text)
        for form in tree.xpath("//main//form[@method='get']"):
            for box in form.xpath(".//input[@type='search' and @name]"):
                yield self._with(place, box.get("name"), SEARCHED)
            for choices in form.xpath(".//select[@name]"):
                yield self._with(place, choices.get("name"), choices.xpath(".//option/@value")[-1])
        if tree.xpath("//nav[contains(@class, 'pages')]//a[@rel='next']"):
            yield self._with(place, "page", "100000")

    def _with(self, place: Place, name: str, value: str) -> Place:
        return Place(f"{place.name}?{name}={value}", place.role, f"{place.path}?{name}={value}")

    def open(self, place: Place, seen: Seen) -> float:
        """Open a page once and note what it took; gives the seconds. Raises Unmeasured where it fails."""
        self.asked.count, self.asked.seconds = 0, 0.0
        began = time.perf_counter()
        answer = self.browsers[place.role].get(place.path)
        seconds = time.perf_counter() - began
        if answer.status_code != 200:
            raise Unmeasured(f"{place.path} answered {answer.status_code} to the {place.role}")
        seen.milliseconds.append(seconds * 1000)
        seen.kilobytes = len(answer.data) / 1000
        seen.statements, seen.page = self.asked.count, answer.mimetype == "text/html"
        seen.sql_ms.append(self.asked.seconds * 1000)
        return seconds


def measure(world: World, times: int) -> Runs:
    """growth_worst_ratio: a page's p50 at ten times the data by its p50 before, of the page that grows most.

    largest_page_kilobytes: at ten times the data, without compression. Files (calendar, PDF) are shown, but
    count for neither.
    """
    world.begin_again()
    data = Grown(world)
    data.grow(BASE)
    reader = Reader(world, _people(world))
    places = reader.places(_values(world))
    before, loads = _look(reader, places, times)
    data.grow(TENFOLD)
    after, more_loads = _look(reader, places, times)
    world.begin_again()
    pages = [one for one in places if before[one].page]
    worst = max(pages, key=lambda one: _p50(after[one]) / _p50(before[one]))
    largest = max(pages, key=lambda one: after[one].kilobytes)
    runs = Runs(loads=loads + more_loads)
    runs.values["growth_worst_ratio"] = [
        late / early for early, late in zip(before[worst].by_run, after[worst].by_run, strict=True)
    ]
    runs.values["largest_page_kilobytes"] = [after[largest].kilobytes] * times
    runs.notes = {
        "growth_worst_ratio": f"the page that grows most: {worst.name}\n{table(before, after)}\n"
        f"not opened (elsewhere at once, before their hour, or a file): {', '.join(sorted(reader.closed))}",
        "largest_page_kilobytes": f"the largest page: {largest.name}",
    }
    return runs


def _look(reader: Reader, places: list[Place], times: int) -> tuple[dict[Place, Seen], list[float]]:
    """Open every page in turn, some times in each run: a busy moment then hits all pages alike."""
    seen = {place: Seen() for place in places}
    for place in places:
        reader.open(place, Seen())  # templates are compiled, caches filled

    def run(_: int) -> dict[str, float]:
        here: dict[Place, list[float]] = {place: [] for place in places}
        for turn in range(EACH):
            for place in places:
                if not turn or here[place][0] < SLOW:
                    here[place].append(reader.open(place, seen[place]))
        for place, seconds in here.items():
            seen[place].by_run.append(median(seconds) * 1000)
        return {}

    return seen, repeat(times, run).loads


def _p50(seen: Seen) -> float:
    return median(seen.milliseconds)


def table(before: dict[Place, Seen], after: dict[Place, Seen]) -> str:
    """Every page: what it took with some data and with ten times as much, the one that grows most on top."""
    widest = max(len(one.name) for one in before)
    head = f"{'page':{widest}} {'role':13} ratio {'ms':>7} {'ms x10':>8} {'kB':>7} {'kB x10':>8}"
    lines = [f"{head} {'SQL':>4} {'x10':>4} {'SQL ms':>7} {'x10':>7}"]
    ratio = {one: _p50(after[one]) / _p50(before[one]) for one in before}
    for one in sorted(before, key=lambda one: -ratio[one]):
        early, late = before[one], after[one]
        lines.append(
            f"{one.name:{widest}} {one.role:13} {ratio[one]:5.2f} {_p50(early):7.1f} {_p50(late):8.1f}"
            f" {early.kilobytes:7.1f} {late.kilobytes:8.1f} {early.statements:4} {late.statements:4}"
            f" {median(early.sql_ms):7.1f} {median(late.sql_ms):7.1f}{'' if early.page else '  (a file)'}"
        )
    return "\n".join(lines)


def _people(world: World) -> dict[str, int]:
    """{role: a person's id}."""
    with world.step(silent=True):
        return {
            "writer": meet_person("writer1@grown.example").id,
            "judge": meet_person("judge1@category-0.example").id,
            "organiser": meet_person(address("Noor Haddad")).id,
            "administrator": meet_person(address("Viv Marsh")).id,
        }


def _values(world: World) -> dict[str, list[Any]]:
    """What the arguments of addresses may be filled with, the best first: {name: values}."""

    def first(statement: str) -> Any:
        return db.session.scalar(text(statement), {"slug": grown.SLUG})

    with world.step(silent=True):
        questions = select(Question.key).where(
            Question.question_set_id == first("select question_set_id from scheme where slug = :slug")
        )
        judge = first(
            "select min(judge.id) from judge join person on person.id = judge.person_id "
            "where email = 'judge1@category-0.example'"
        )
        newest_batch = first("select max(id) from batch where kind = 'certificate'")
        return {
            "scheme_slug": [grown.SLUG],
            "event_slug": [grown.SLUG],
            "category_slug": ["category-0"],
            "organisation_slug": ["invented-1"],
            "reference": ["GROW-000001", "DRAFT-000001"],
            "key": list(db.session.scalars(questions.order_by(func.lower(Question.key)))),
            "criterion": [first("select key from criterion order by id desc limit 1")],
            "session_id": [first("select max(id) from session")],
            "room_id": [first("select max(id) from room")],
            "batch_id": [newest_batch],
            "judge_id": [judge],
            "person_id": [first("select id from person where email = 'writer2@grown.example'")],
            "serial": [first("select serial from certificate order by id desc limit 1")],
            "outcome": ["winner", "shortlisted"],
            "token": [grown.LINK],
            "number": [0],
        }
