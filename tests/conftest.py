"""What every test may ask for: the app on its own real PostgreSQL and Redis, browsers, people, the time."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

import hypothesis
import pytest
from alembic import command
from sqlalchemy import event, text
from sqlalchemy.engine import create_engine
from sqlalchemy.orm import Session

from accounts.people.actions import meet_person
from accounts.people.models import Person
from accounts.sign_in.actions import remember_device
from base import settings
from base.database import Base, db, take_handed_over
from base.settings import Settings, psycopg_url
from jobs import step as job_step
from outside import clock, queue
from tests import servers
from tests.page import Browser
from website.factory import create_app
from website.schema import migration_config
from website.transactions import Chorus

TEST_SECRET = "a secret for tests only, long enough to be one"

# The same examples in every run, however slow the machine: what fails, fails for everybody and again.
# New ones are a deliberate act: pytest --hypothesis-profile=explore.
hypothesis.settings.register_profile("suite", derandomize=True, deadline=None, database=None, print_blob=True)
hypothesis.settings.register_profile("explore", max_examples=2000, deadline=None, print_blob=True)
hypothesis.settings.load_profile("suite")


def pytest_configure(config: pytest.Config) -> None:
    """Start the servers of this run."""
    servers.begin(config)


def pytest_unconfigure(config: pytest.Config) -> None:
    """End the servers of this run."""
    servers.end()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is in tests/journeys (`make test` leaves all but one of each half out); it begins first.

    A journey takes minutes: begun last, one worker would walk while the other has nothing left to do.
    """
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker("journey")
    items.sort(key=lambda item: "journeys" not in item.path.parts)


def migrate(url: str) -> None:
    """Bring an empty database to the newest tables, the way a real one gets there."""
    app = create_app(
        Settings(mode="test", database_url=psycopg_url(url), redis_url="memory://", secret=TEST_SECRET)
    )
    with app.app_context():
        command.upgrade(migration_config(), "head")
        db.engine.dispose()


@pytest.fixture(scope="session")
def test_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The settings of this worker: a database, a Redis and a folder of its own."""
    own = servers.workers_own(migrate)
    return Settings(
        mode="test",
        home=tmp_path_factory.mktemp("home"),
        public_address="http://localhost",
        database_url=psycopg_url(own.database_url),
        redis_url=own.redis_url,
        secret=TEST_SECRET,
    )


@pytest.fixture(scope="session")
def one_app(test_settings: Settings) -> Iterator[Chorus]:
    """The app of this worker."""
    app = create_app(test_settings)
    yield app
    with app.app_context():
        db.engine.dispose()
    queue.connection().close()


@pytest.fixture
def app(one_app: Chorus, test_settings: Settings) -> Iterator[Chorus]:
    """The app on empty tables and an empty queue."""
    settings.use(test_settings)
    queue.connection().flushdb()
    yield one_app
    with one_app.app_context():
        empty_tables()


def empty_tables() -> None:
    """Delete every row; without triggers, so that the order does not matter and nothing is slow."""
    tables = "; ".join(f'DELETE FROM "{table.name}"' for table in Base.metadata.sorted_tables)
    with db.engine.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        connection.execute(text(tables))


@pytest.fixture
def jobs_app(app: Chorus, monkeypatch: pytest.MonkeyPatch) -> Iterator[Chorus]:
    """The test's app, and the one that jobs take for theirs: they run in the test's own process."""
    monkeypatch.setattr(job_step, "create_app", lambda: app)
    job_step.app.cache_clear()
    yield app
    job_step.app.cache_clear()


@pytest.fixture
def db_session(app: Chorus) -> Iterator[Session]:
    """A session inside an app context. What other connections or pages must see is committed by the test."""
    with app.app_context():
        yield db.session()
        db.session.rollback()
        take_handed_over()


@pytest.fixture
def client(app: Chorus) -> Browser:
    """A visitor's browser."""
    return make_browser(app)


def make_browser(app: Chorus) -> Browser:
    """A fresh browser that makes sure that opening a page changed nothing."""
    return Browser(app.test_client())


@pytest.fixture
def signed_in(app: Chorus) -> Callable[..., Browser]:
    """`signed_in("maya@example.org", name="Maya Collins", administrator=False)`: a browser of that person."""

    def sign_in(email: str, name: str = "", administrator: bool = False) -> Browser:
        browser = make_browser(app)
        with app.app_context():
            person = meet_person(email, name)
            person.administrator = administrator
            token = remember_device(person.id)
            db.session.commit()
        with browser.client.session_transaction() as session:
            session["device"] = token
        return browser

    return sign_in


@pytest.fixture
def person(db_session: Session) -> Callable[..., Person]:
    """`person("maya@example.org", "Maya Collins")`: that person, committed."""

    def make(email: str, name: str = "") -> Person:
        made = meet_person(email, name)
        db_session.commit()
        return made

    return make


@pytest.fixture
def at() -> Iterator[Callable[[datetime], None]]:
    """`at(moment)`: from now on it is `moment`, everywhere in this process."""
    opened = []

    def set_time(when: datetime) -> None:
        block = clock.freeze(when)
        block.__enter__()
        opened.append(block)

    yield set_time
    for block in reversed(opened):
        block.__exit__(None, None, None)


@dataclasses.dataclass
class Counted:
    """How many statements were sent, and which."""

    statements: list[str] = dataclasses.field(default_factory=list)

    @property
    def count(self) -> int:
        """The number of statements."""
        return len(self.statements)


@pytest.fixture
def count_queries(app: Chorus) -> Callable[[], object]:
    """`with count_queries() as n: ...` then `n.count`: statements sent to the database meanwhile."""

    @contextmanager
    def counting() -> Iterator[Counted]:
        counted = Counted()

        def note(_conn: object, _cursor: object, statement: str, *_: object) -> None:
            counted.statements.append(statement)

        with app.app_context():
            engine = db.engine
        event.listen(engine, "before_cursor_execute", note)
        try:
            yield counted
        finally:
            event.remove(engine, "before_cursor_execute", note)

    return counting


@pytest.fixture
def connections(test_settings: Settings) -> Iterator[Callable[[], object]]:
    """`connections()`: a real connection of its own, closed after the test."""
    engine = create_engine(test_settings.database_url, pool_size=40)
    opened = []

    def connect() -> object:
        opened.append(engine.connect())
        return opened[-1]

    yield connect
    for connection in opened:
        connection.close()
    engine.dispose()
