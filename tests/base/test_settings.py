"""What the surroundings may set, and what a live Chorus refuses to start without."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from threading import Barrier

import pytest

from base.settings import Settings, SettingsError, demo_secret, psycopg_url
from tests.waiting import LAST_RESORT

SECRET = {True: "s" * 32, False: "s" * 31}
ADDRESS = {True: "https://chorus.example.org", False: "http://chorus.example.org"}
SMTP = {True: "smtp://u:p@mail.example.org:587", False: ""}

NEEDS = {
    "secret": "CHORUS_SECRET is missing or short: set it to at least 32 random characters.",
    "address": "CHORUS_ADDRESS must be the public https:// address of this Chorus.",
    "smtp": "CHORUS_SMTP is missing: set it to smtp://user:password@host:587.",
}
# (secret, https, SMTP) given or not, and the first thing that is missing.
LIVE = {
    (True, True, True): None,
    (True, True, False): NEEDS["smtp"],
    (True, False, True): NEEDS["address"],
    (True, False, False): NEEDS["address"],
    (False, True, True): NEEDS["secret"],
    (False, True, False): NEEDS["secret"],
    (False, False, True): NEEDS["secret"],
    (False, False, False): NEEDS["secret"],
}


def read(tmp_path, **environ):
    """The settings of an environment."""
    return Settings.from_environment({"CHORUS_HOME": str(tmp_path), **environ})


def why_not_live(tmp_path, secret, https, smtp):
    """Why a live Chorus does not start, or None."""
    environ = {"CHORUS_SECRET": SECRET[secret], "CHORUS_ADDRESS": ADDRESS[https], "CHORUS_SMTP": SMTP[smtp]}
    try:
        read(tmp_path, CHORUS_MODE="live", **environ)
    except SettingsError as error:
        return str(error)
    return None


def test_live_refuses_to_start_unsafe(tmp_path):
    """Every combination, with one line that names the cure."""
    said = {case: why_not_live(tmp_path, *case) for case in product((True, False), repeat=3)}
    assert said == LIVE


def test_live_without_anything_makes_no_secret_of_its_own(tmp_path):
    """A secret on the disk of one machine would differ from the next one's."""
    with pytest.raises(SettingsError):
        read(tmp_path, CHORUS_MODE="live")
    assert list(tmp_path.iterdir()) == []


def test_demo_needs_nothing_and_sends_no_mail(tmp_path):
    """Loopback only, and no SMTP even where one is named."""
    settings = read(tmp_path, PORT="8765", CHORUS_SMTP="smtp://mail.example.org")
    assert (settings.mode, settings.demo, settings.https, settings.smtp_url) == ("demo", True, False, "")
    assert (settings.public_address, settings.host) == ("http://127.0.0.1:8765", "127.0.0.1:8765")
    assert settings.mail_from == "Chorus <chorus@example.org>"


def test_the_demonstrations_secret_is_made_once_and_private(tmp_path):
    """Readable by its owner only; the same the next time; long enough for live."""
    secret = read(tmp_path / "home").secret
    path = tmp_path / "home" / "secret"
    assert (stat.S_IMODE(path.stat().st_mode), len(secret)) == (0o600, 64)
    assert [read(tmp_path / "home").secret for _ in range(2)] == [secret, secret]
    assert [one.name for one in path.parent.iterdir()] == ["secret"]


def test_processes_that_start_at_once_share_one_secret(tmp_path):
    """Web and workers come up together on the first start."""
    barrier = Barrier(8)

    def start(_):
        barrier.wait(LAST_RESORT)
        return demo_secret(tmp_path)

    with ThreadPoolExecutor(8) as pool:
        secrets = set(pool.map(start, range(8)))
    assert (len(secrets), len(secrets.pop())) == (1, 64)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("PORT", "web", "PORT is 'web': set it to a whole number, such as 8000."),
        ("CHORUS_WEB_WORKERS", "-1", "CHORUS_WEB_WORKERS is '-1': set it to a whole number, such as 2."),
        ("CHORUS_PROXIES", "١", "CHORUS_PROXIES is '١': set it to a whole number, such as 0."),
        ("CHORUS_MODE", "production", "CHORUS_MODE is 'production': set it to demo or live."),
    ],
)
def test_a_setting_that_makes_no_sense_is_named(tmp_path, name, value, said):
    """In one line, with the cure."""
    with pytest.raises(SettingsError) as error:
        read(tmp_path, **{name: value})
    assert str(error.value) == said


def test_an_empty_setting_is_none(tmp_path):
    """As docker compose writes them."""
    settings = read(tmp_path, PORT="", CHORUS_WEB_WORKERS="", DATABASE_URL="", REDIS_URL="")
    assert (settings.port, settings.web_workers, settings.database_url, settings.redis_url) == (
        8000,
        2,
        "",
        "",
    )


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("postgres://u@h/d", "postgresql+psycopg://u@h/d"),
        ("postgresql://u@h/d", "postgresql+psycopg://u@h/d"),
        ("postgresql+psycopg://u@h/d", "postgresql+psycopg://u@h/d"),
        ("", ""),
    ],
)
def test_psycopg_url_names_the_driver(given, used):
    """However a provider writes the address."""
    assert psycopg_url(given) == used
