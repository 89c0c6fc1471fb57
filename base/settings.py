"""What the surroundings may set, read once from the environment."""

from __future__ import annotations

import contextlib
import os
import secrets
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

MODES = ("demo", "live", "test")
ROOT = Path(__file__).resolve().parent.parent
POSTGRESQL = "postgresql+psycopg"  # as SQLAlchemy calls it with psycopg 3
# The exit code by which gunicorn knows that trying again is no use.
CANNOT_START = 3


class SettingsError(Exception):
    """A setting is missing or unsafe; the message is one line that names the cure."""


@contextlib.contextmanager
def said_in_one_line() -> Iterator[None]:
    """Around every way in: a SettingsError ends the process with its one line, not with a traceback."""
    try:
        yield
    except SettingsError as error:
        sys.stderr.write(f"Chorus could not start. {error}\n")
        raise SystemExit(CANNOT_START) from None


@dataclass(frozen=True)
class Settings:
    """Every setting of one running Chorus.

    `public_address` is the only address that mails and printed links use (never the Host header).
    `proxies` is how many reverse proxies stand before us, whose X-Forwarded-For is then believed.
    `database_url` and `redis_url` are filled in by whoever starts the embedded servers where they are not
    set.
    """

    mode: str = "demo"
    home: Path = field(default_factory=lambda: Path("var").resolve())
    port: int = 8000
    public_address: str = "http://127.0.0.1:8000"
    database_url: str = ""
    redis_url: str = ""
    secret: str = ""
    smtp_url: str = ""
    mail_from: str = "Chorus <chorus@example.org>"
    web_workers: int = 2
    web_threads: int = 4
    job_workers: int = 2
    proxies: int = 0

    @property
    def demo(self) -> bool:
        """True only for the demonstration, where /demo exists."""
        return self.mode == "demo"

    @property
    def https(self) -> bool:
        """True where the public address is https; cookies are Secure there."""
        return self.public_address.startswith("https://")

    @property
    def files(self) -> Path:
        """The folder of uploads and documents, outside the web root."""
        return self.home / "files"

    @property
    def host(self) -> str:
        """The host name (with port where it is not the default) of the public address."""
        return urlsplit(self.public_address).netloc

    @classmethod
    def from_environment(cls, environ: dict[str, str] | None = None) -> Settings:
        """Read the settings; raises SettingsError where live mode lacks what keeps it safe."""
        env = dict(os.environ if environ is None else environ)
        mode = env.get("CHORUS_MODE", "demo")
        if mode not in MODES:
            raise SettingsError(f"CHORUS_MODE is {mode!r}: set it to demo or live.")
        port = _whole_number(env, "PORT", 8000)
        home = Path(env.get("CHORUS_HOME", "var")).resolve()
        settings = cls(
            mode=mode,
            home=home,
            port=port,
            public_address=env.get("CHORUS_ADDRESS", f"http://127.0.0.1:{port}").rstrip("/"),
            database_url=psycopg_url(env.get("DATABASE_URL", "")),
            redis_url=env.get("REDIS_URL", ""),
            secret=env.get("CHORUS_SECRET", "") or ("" if mode == "live" else demo_secret(home)),
            smtp_url=env.get("CHORUS_SMTP", "") if mode == "live" else "",
            mail_from=env.get("CHORUS_MAIL_FROM", cls.mail_from),
            web_workers=_whole_number(env, "CHORUS_WEB_WORKERS", cls.web_workers),
            web_threads=_whole_number(env, "CHORUS_WEB_THREADS", cls.web_threads),
            job_workers=_whole_number(env, "CHORUS_JOB_WORKERS", cls.job_workers),
            proxies=_whole_number(env, "CHORUS_PROXIES", cls.proxies),
        )
        if mode == "live":
            settings.refuse_unsafe()
        return settings

    def refuse_unsafe(self) -> None:
        """Raise SettingsError unless a live Chorus has a secret, an https address and a mail server."""
        if len(self.secret) < 32:
            raise SettingsError("CHORUS_SECRET is missing or short: set it to at least 32 random characters.")
        if not self.https:
            raise SettingsError("CHORUS_ADDRESS must be the public https:// address of this Chorus.")
        if not self.smtp_url:
            raise SettingsError("CHORUS_SMTP is missing: set it to smtp://user:password@host:587.")

    def refuse_without_servers(self) -> None:
        """Raise SettingsError unless there is a PostgreSQL and a Redis to work with."""
        needed = {"DATABASE_URL": self.database_url, "REDIS_URL": self.redis_url}
        if missing := [name for name, url in needed.items() if not url]:
            are = "are" if len(missing) > 1 else "is"
            raise SettingsError(
                f"{' and '.join(missing)} {are} not set: `make run` starts Chorus with servers of its own."
            )
        if not self.database_url.startswith(f"{POSTGRESQL}://"):
            raise SettingsError(
                "DATABASE_URL is no PostgreSQL: set it to postgresql://user:password@host/name."
            )


def _whole_number(env: dict[str, str], name: str, default: int) -> int:
    """A setting that is a number; raises SettingsError where it is none."""
    typed = env.get(name, "") or str(default)
    if not (typed.isascii() and typed.isdigit()):
        raise SettingsError(f"{name} is {typed!r}: set it to a whole number, such as {default}.")
    return int(typed)


def psycopg_url(url: str) -> str:
    """The same address, naming the psycopg 3 driver for SQLAlchemy; empty stays empty."""
    for scheme in ("postgres://", "postgresql://"):
        if url.startswith(scheme):
            return f"{POSTGRESQL}://{url.removeprefix(scheme)}"
    return url


def demo_secret(home: Path) -> str:
    """The demonstration's secret: made once, kept readable by its owner only in CHORUS_HOME."""
    path = home / "secret"
    if not path.exists():
        home.mkdir(parents=True, exist_ok=True)
        part = home / f"secret.{secrets.token_hex(4)}.part"
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_hex(32))
        # Of two processes that start at once the first one wins, and nobody ever reads half a secret.
        with contextlib.suppress(FileExistsError):
            os.link(part, path)
        part.unlink()
    return path.read_text().strip()


class _Process:
    """What this process goes by."""

    settings: Settings | None = None


def use(settings: Settings | None) -> Settings | None:
    """Make these the settings of this process and give those before. None: they are read anew when needed."""
    before, _Process.settings = _Process.settings, settings
    return before


def current() -> Settings:
    """The settings of this process, read from the environment at the first call."""
    if _Process.settings is None:
        _Process.settings = Settings.from_environment()
    return _Process.settings


def page_address(path: str) -> str:
    """The whole address of one of our pages, for mails and print: "/me" gives "https://…/me"."""
    return current().public_address + path
