"""Every page that links lead to, as everybody in the demonstration, on a desk and on a phone."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from base import settings
from base.settings import Settings
from website.demo.rules import CHARACTERS
from website.factory import create_app

if TYPE_CHECKING:
    from werkzeug.routing import MapAdapter

    from tests.journeys.conftest import People
    from tests.journeys.walker import Walker

# Of pages that differ by their scheme, event, entry … so many are looked at.
MOST_OF_A_KIND = 2
# Where somebody begins besides their own page: with what most is going on in, or what a form leads to.
FIRST = {
    "Priya Nair": "/awards/cyp/enter/schools",
    "Sian Evans": "/organisations?name=mersey",
    "Noor Haddad": "/awards/ppmh/organise",
    "Owen Tudor": "/events/symphony/organise",
}
# Pages that show each person something of their own are looked at as each of them.
PERSONAL = {"home.mine", "entries.list_entries", "judging.list_reads"}
FILES = {
    "certificates.download_certificate",
    "demo.download_attachment",
    "entries.download_file",
    "judging.open_file",
    "public_page.calendar",
    "programme.download_programme",
}
# No link leads to these: why not, in words.
NOT_BY_LINKS = {
    "static": "the assets",
    "home.health": "for whoever watches the servers",
    "certificates.batch_progress": "asked by a script",
    "programme.watch_programme": "asked by a script",
    "certificates.watch_batch": "comes after a press: test_awards",
    "certificates.check_certificate": "the code on a printed certificate: test_awards",
    "entries.entry_sent": "comes after a press: test_awards",
    "my_registration.registered": "comes after a press: test_symphony",
    "sign_in.enter_code": "comes after a press: test_awards",
    "sign_in.use_link": "its mails belong to the journeys: test_awards",
    "organisations.decide_join": "nobody asks to join in the story",
    "judging.open_file": "nobody has sent files in the story",
    "entries.download_file": "nobody has sent files in the story",
    "certificates.download_certificate": "none are made when the story begins: test_awards",
    "entries.reopen_entry": "of those one can be nobody has sent in an entry that is still open",
    "judging.open_read": "leads on to where a read stands",
    "planning.remove_judge": "every judge of the story has reads",
}
LINKS = "links => links.map(one => one.href)"


@dataclass
class Map:
    """Which address is which page, and what was seen of each kind."""

    routes: MapAdapter
    endpoints: set[str]
    known: set[str] = field(default_factory=set)
    seen: Counter[str] = field(default_factory=Counter)
    places: Counter[tuple[str, str]] = field(default_factory=Counter)

    def match(self, path: str) -> tuple[str, str]:
        """The view behind an address, and the scheme or event it belongs to; empty where there is none."""
        from werkzeug.exceptions import HTTPException

        try:
            endpoint, values = self.routes.match(path.partition("?")[0], method="GET")
        except HTTPException:
            return "", ""
        return endpoint, values.get("scheme_slug") or values.get("event_slug") or ""

    def wants(self, path: str, who: str) -> bool:
        """Whether this address is still worth a look: one of each scheme and event, two of a kind."""
        endpoint, place = self.match(path)
        name = f"{who} {path}" if endpoint in PERSONAL else path
        if not endpoint or name in self.known:
            return False
        if endpoint not in PERSONAL and (
            self.seen[endpoint] >= MOST_OF_A_KIND or (place and self.places[endpoint, place])
        ):
            return False
        self._count(path, who, 1)
        return True

    def forget(self, path: str, who: str) -> None:
        """This address was not seen after all."""
        self._count(path, who, -1)

    def _count(self, path: str, who: str, by: int) -> None:
        endpoint, place = self.match(path)
        name = f"{who} {path}" if endpoint in PERSONAL else path
        (self.known.add if by > 0 else self.known.discard)(name)
        self.seen[endpoint] += by
        self.places[endpoint, place] += by


def map_of_demo(address: str) -> Map:
    """The addresses of the app in demo mode, asked of the app itself."""
    made = Settings(
        mode="demo",
        database_url="postgresql+psycopg://nobody@localhost/none",
        redis_url="memory://",
        secret="x",
    )
    before = settings.use(made)
    try:
        app = create_app(made)
    finally:
        settings.use(before)
    reached_by_get = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    return Map(app.url_map.bind(urlsplit(address).netloc), reached_by_get)


def walk(walker: Walker, world: Map, start: list[str]) -> None:
    """Follow every link of one's own pages, each page once, and look at each on a desk and on a phone."""
    waiting = [path for path in start if world.wants(path, walker.who)]
    while waiting:
        path = waiting.pop(0)
        if world.match(path)[0] in FILES:
            assert walker.fetch(path)[0] == 200, path
            continue
        walker.open(path)
        if walker.path != path.partition("?")[0]:  # sent elsewhere: to sign in, for one
            world.forget(path, walker.who)
            waiting += [walker.path] if world.wants(walker.path, walker.who) else []
            continue
        walker.look_on_phone()
        for link in walker.page.eval_on_selector_all("a[href]", LINKS):
            there = urlsplit(link)
            if f"{there.scheme}://{there.netloc}" == walker.address and world.wants(there.path, walker.who):
                waiting.append(there.path)


def test_every_page_that_links_lead_to(people: People) -> None:
    world = map_of_demo(people.chorus.address)
    walk(people.new("Visitor"), world, ["/", "/demo", "/awards", "/events"])
    for one in CHARACTERS:
        walker = people.new(one.name.partition(" ")[0])
        walker.become(one.name)
        first = [FIRST[one.name]] if one.name in FIRST else []
        walk(walker, world, [*first, "/me", "/entries", one.goes_to])
    not_reached = {one for one in world.endpoints if not world.seen[one]}
    strangers, visited = sorted(not_reached - set(NOT_BY_LINKS)), sorted(set(NOT_BY_LINKS) - not_reached)
    assert not strangers, f"No link leads to these; say why in NOT_BY_LINKS: {', '.join(strangers)}"
    assert not visited, f"A link leads to these; take them out of NOT_BY_LINKS: {', '.join(visited)}"


def test_pages_that_are_not_there(people: People) -> None:
    """An address that leads nowhere and a page that is not theirs look the same, and help on."""
    tom, visitor = people.new("Tom").become("Tom Adeyemi"), people.new("Visitor", phone=True)
    tom.open("/no-such-page", 404).is_at("We cannot find that page")
    said = tom.page.inner_text("main")
    tom.open("/awards/ppmh/organise", 404)
    assert tom.page.inner_text("main") == said
    visitor.open("/no-such-page", 404).is_at("We cannot find that page")
