"""Every way to start something of Chorus without its settings ends in one line that names the cure."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from base.settings import ROOT
from tests.waiting import LAST_RESORT

NO_SERVERS = (
    "Chorus could not start. DATABASE_URL and REDIS_URL are not set:"
    " `make run` starts Chorus with servers of its own."
)
NO_SECRET = (
    "Chorus could not start. CHORUS_SECRET is missing or short: set it to at least 32 random characters."
)
GIBBERISH = (
    "Chorus could not start. DATABASE_URL is no PostgreSQL: set it to postgresql://user:password@host/name."
)
WAYS_IN = {
    "flask": "-m flask run",
    "flask by name": "-m flask --app wsgi run",
    "gunicorn": "-m gunicorn wsgi:app",
    "gunicorn as deployed": "-m gunicorn --config deploy/gunicorn.py wsgi:app",
    "workers and schedule": "-m jobs.crew",
    "worker": "-m jobs.worker",
    "schedule": "-m jobs.schedule",
    "demo": "-m demo",
    "migrate": "-m website.commands migrate",
    "docs": "-m website.commands check-docs",
    "administrator": "-m website.commands invite-administrator ann@example.org",
}


def ended(words: str, home: Path, **settings: str) -> tuple[int, list[str]]:
    """The exit code and the lines of a Python that is told nothing but these settings."""
    done = subprocess.run(
        [sys.executable, *words.split()],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "CHORUS_HOME": str(home),
            "HOME": str(home),
            "PORT": "0",
            **settings,
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=LAST_RESORT,
    )
    return done.returncode, done.stdout.splitlines()


@pytest.mark.parametrize("words", WAYS_IN.values(), ids=WAYS_IN)
def test_a_way_in_without_settings_ends_in_one_line(words, tmp_path):
    code, lines = ended(words, tmp_path)
    # gunicorn's own words stand around ours, each behind its time in brackets.
    assert [one for one in lines if not one.startswith("[")] == [NO_SERVERS]
    assert code != 0


@pytest.mark.parametrize("way_in", ["flask", "gunicorn as deployed", "schedule", "migrate"])
@pytest.mark.parametrize(
    ("settings", "line"),
    [
        ({"CHORUS_MODE": "live"}, NO_SECRET),
        ({"DATABASE_URL": "sqlite://", "REDIS_URL": "unix:///x"}, GIBBERISH),
    ],
    ids=["live", "gibberish"],
)
def test_settings_that_are_wrong_are_said_in_one_line(way_in, settings, line, tmp_path):
    code, lines = ended(WAYS_IN[way_in], tmp_path, **settings)
    assert (lines, code != 0) == ([line], True)


def test_the_web_servers_file_says_what_to_use(tmp_path):
    assert ended("wsgi.py", tmp_path) == (
        1,
        ["Web servers read this file. To start Chorus: `make run`; on a real server: deploy/README.md."],
    )
