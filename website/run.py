"""`make run`: what a running Chorus consists of, in the order in which it starts (python -m website.run).

Standard library only, neither Flask nor SQLAlchemy: those are loaded once, by the programs that need them.
"""

from __future__ import annotations

import os
import re
import socket
import sys
from pathlib import Path

from base.settings import ROOT, Settings, SettingsError
from outside import embedded, postgres
from outside.programs import Program
from outside.supervisor import AlreadyRunning, Failed, Stopped, Supervisor, read_running, say

DEMO_LOADED = "demo data loaded"


def main() -> int:
    """Run Chorus until Ctrl-C, TERM or HUP; the exit code is 0 after one of these, 1 after a failure."""
    try:
        settings = Settings.from_environment()
        with Supervisor(settings.home) as house:
            try:
                run(house, settings)
            except Stopped:
                say("Ending: finishing what is under way, databases last.")
    except AlreadyRunning:
        there = read_running(settings.home).get("address", f"the folder {settings.home}")
        say(
            f"Chorus is already running: {there}. End it with Ctrl-C; for a second, set CHORUS_HOME and PORT."
        )
        return 1
    except (Failed, SettingsError, postgres.NoAnswer) as error:
        say(f"Chorus could not start. {error}")
        return 1
    except KeyboardInterrupt:
        return 0
    say("Ended.")
    return 0


def run(house: Supervisor, settings: Settings) -> None:
    """Start everything in order and watch over it; raises Stopped in the end, or Failed."""
    port_is_free(settings.port)
    house.facts = {"address": f"http://127.0.0.1:{settings.port}"}
    if not (settings.database_url and settings.redis_url):
        say("Starting the databases …")
    database_url = settings.database_url or embedded.start_postgres(house)
    redis_url = settings.redis_url or embedded.start_redis(house)
    surroundings = {
        **os.environ,
        "CHORUS_HOME": str(settings.home),
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "PORT": str(settings.port),
        "PYTHONUNBUFFERED": "1",
        "MALLOC_ARENA_MAX": "2",  # eight threads would otherwise keep eight heaps
    }
    prepare_database(house, settings, database_url, surroundings)
    # Each of them spends seconds on loading the application: pages come first, the workers after them.
    say("Starting the web server …")
    house.start(web_server(settings, surroundings))
    say("Starting the workers and the schedule …")
    house.start(workers_and_schedule(settings, surroundings))
    say(f"Chorus is ready: {house.facts['address']}")
    house.watch()


def prepare_database(house: Supervisor, settings: Settings, url: str, surroundings: dict[str, str]) -> None:
    """Bring the tables up to date and, in the demo's first start, load its data. Raises Failed or Stopped."""
    there = versions_there(url)
    if not there or there != versions_here(ROOT / "migrations" / "versions"):
        say("Bringing the database's tables up to date …")
        house.finish(
            program("migrate", "website.commands migrate", surroundings),
            "The tables could not be brought up to date: see above; `make backup` before trying by hand.",
        )
    # The mark stands in the database itself, so it goes where the data goes: into a backup, elsewhere.
    mark = postgres.ask(url, "SELECT obj_description('alembic_version'::regclass)")
    if settings.demo and mark != [DEMO_LOADED]:
        say("Loading the demo data (at the first start only) …")
        house.finish(
            program("load-demo", "demo", surroundings),
            f"The demo data could not be loaded: see above; to begin anew, delete {settings.home}.",
        )
        postgres.ask(url, f"COMMENT ON TABLE alembic_version IS '{DEMO_LOADED}'")


def program(name: str, module: str, surroundings: dict[str, str]) -> Program:
    """One of our own programs that end: a module with what it is told ("website.commands migrate")."""
    words = (sys.executable, "-m", *module.split())
    return Program(name=name, command=words, environment=surroundings, folder=ROOT)


def web_server(settings: Settings, surroundings: dict[str, str]) -> Program:
    """The web server; ready once it answers at all, for it says itself that the workers are still missing."""
    return Program(
        name="web",
        command=(sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.py", "wsgi:app"),
        environment=surroundings,
        folder=ROOT,
        ready=lambda: health(settings.port, settings.host) != "",
    )


def workers_and_schedule(settings: Settings, surroundings: dict[str, str]) -> Program:
    """The job workers and the schedule; ready once the web server finds database, queue and workers there."""
    return Program(
        name="jobs",
        command=(sys.executable, "-m", "jobs.crew"),
        environment=surroundings,
        folder=ROOT,
        ready=lambda: health(settings.port, settings.host) == "200",
        grace=60,  # a document under way is finished first
    )


def versions_here(folder: Path) -> set[str]:
    """The newest migrations in the folder, read without loading Alembic."""
    found: set[str] = set()
    replaced: set[str] = set()
    for path in folder.glob("*.py"):
        text = path.read_text()
        found.update(re.findall(r"^revision\b[^=]*=\s*[\"'](\w+)", text, re.MULTILINE))
        for line in re.findall(r"^down_revision\b[^=]*=(.*)$", text, re.MULTILINE):
            replaced.update(re.findall(r"[\"'](\w+)[\"']", line))
    return found - replaced


def versions_there(url: str) -> set[str]:
    """The migrations that the database says it has reached; empty for a new one."""
    if postgres.ask(url, "SELECT to_regclass('alembic_version')") == [""]:
        return set()
    return set(postgres.ask(url, "SELECT version_num FROM alembic_version"))


def port_is_free(port: int) -> None:
    """Raise Failed where another program listens on this port."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", port))
        except OSError as error:
            raise Failed(
                f"Port {port} cannot be used ({error.strerror}): try PORT={port + 1} make run."
            ) from None


def health(port: int, host: str) -> str:
    """The status with which GET /health is answered for `host`; empty where nobody answers."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
            line.sendall(f"GET /health HTTP/1.0\r\nHost: {host}\r\n\r\n".encode())
            return line.recv(16).decode("ascii", "replace").split(" ")[1]
    except (OSError, IndexError):
        return ""


if __name__ == "__main__":
    sys.exit(main())
