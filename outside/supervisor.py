"""Starts programs, watches over them and ends them in order; knows nothing of what they do.

Standard library only, so that a second start costs next to nothing. One supervisor owns one home folder: it
holds `<home>/lock`, and writes what it started into `<home>/running.json`, by which the next start recognises
leftovers.
"""

from __future__ import annotations

import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from outside.programs import Program, launch, start_time

LISTENED = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
DEATHS_BEFORE_GIVING_UP = 5
DEATHS_WITHIN_SECONDS = 60.0
TOLD_AFTER_SECONDS = 60.0
LOG_BYTES = 5_000_000


class Stopped(Exception):
    """Somebody asked for the end: Ctrl-C, TERM or HUP."""


class Failed(Exception):
    """Something could not be started; the message is one line that names the step and the cure."""


class AlreadyRunning(Failed):
    """Another supervisor holds this home."""


@dataclass
class _Running:
    program: Program
    process: subprocess.Popen[bytes]
    started: str | None
    deaths: list[float] = field(default_factory=list)
    again_at: float = 0.0


def say(text: str) -> None:
    """Print a line at once; a terminal that has gone away is no reason to stop tidying up."""
    try:
        sys.stdout.write(text + "\n")
        sys.stdout.flush()
    except (OSError, ValueError):
        # What could not be written would be tried again at the exit, and fail that.
        sys.stdout = Path(os.devnull).open("w")  # noqa: SIM115 - for the rest of this process


class Supervisor:
    """Owns `home`: `with Supervisor(home) as house: house.start(...); house.watch()`.

    Leaving the `with` ends everything, the layer that was started last first. With `listens=False` (tests,
    backup) it leaves signals alone. Raises AlreadyRunning where another supervisor holds the home.
    """

    def __init__(self, home: Path, *, listens: bool = True, tell: Callable[[str], None] = say) -> None:
        self.home = home
        self.listens = listens
        self.tell = tell
        self.facts: dict[str, Any] = {}
        self._layers: list[list[_Running]] = []
        self._lock: IO[str] | None = None

    def __enter__(self) -> Supervisor:
        self.home.mkdir(parents=True, exist_ok=True)
        (self.home / "logs").mkdir(exist_ok=True)
        self._take_lock()
        self._end_leftovers()
        if self.listens:
            # Signals are taken one at a time in _pause instead of in handlers that may run anywhere.
            signal.pthread_sigmask(signal.SIG_BLOCK, {*LISTENED, signal.SIGCHLD})
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self.stop()
        finally:
            (self.home / "running.json").unlink(missing_ok=True)
            if self._lock:
                self._lock.close()

    def start(self, *programs: Program) -> None:
        """Start programs side by side as one layer and wait until each is ready.

        Raises Failed, naming the log, where one ends before that or takes too long; Stopped on a signal.
        """
        layer: list[_Running] = []
        self._layers.append(layer)
        for program in programs:
            process = self._launch(program)
            layer.append(_Running(program, process, start_time(process.pid)))
        self.note()
        for running in layer:
            self._wait_until_ready(running, layer)

    def finish(self, program: Program, failure: str = "", *, shown: bool = True) -> None:
        """Run a program to its end, showing what it prints; raises Failed (saying `failure`) or Stopped."""
        if code := self.run(program, shown=shown):
            raise Failed(failure or f"{program.name} failed with exit code {code}.")

    def run(self, program: Program, *, shown: bool = True) -> int:
        """Run a program to its end, showing what it prints; returns its exit code.

        Raises Failed where it cannot be started; Stopped on a signal, once it has ended with its children.
        """
        process = self._launch(program, shown=shown)
        running = _Running(program, process, start_time(process.pid))
        self._layers.append([running])
        try:
            while process.poll() is None:
                self._pause(0.5 if self.listens else 0.02)
        except BaseException:
            self._end([running])
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            raise
        finally:
            self._layers.pop()
        return process.returncode

    def watch(self) -> None:
        """Keep everything running until a signal asks for the end (raises Stopped then).

        What ends by itself is started again; Failed where that happens five times in a minute.
        """
        while True:
            now = time.monotonic()
            for running in [one for layer in self._layers for one in layer]:
                if running.process.poll() is not None:
                    self._revive(running, now)
            self._pause(1.0)

    def stop(self) -> None:
        """End everything, newest layer first; each program gets its one signal and its grace."""
        while self._layers:
            self._end(self._layers.pop())

    def _take_lock(self) -> None:
        self._lock = (self.home / "lock").open("a+")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self._lock.close()
            self._lock = None
            raise AlreadyRunning(
                f"Already running: {self.home} is in use by process {holder(self.home)}."
            ) from None
        self._lock.truncate(0)
        self._lock.write(str(os.getpid()))
        self._lock.flush()

    def _end_leftovers(self) -> None:
        """End what a killed supervisor left behind, newest first: what pid and start time show to be ours."""
        for left in reversed(read_running(self.home).get("programs", [])):
            if start_time(left["pid"]) != left["started"] or left["started"] is None:
                continue
            self.tell(f"Ending {left['name']} (process {left['pid']}), left behind by an earlier start.")
            with suppress(ProcessLookupError):
                os.kill(left["pid"], left["stop_with"])
            until = time.monotonic() + left["grace"]
            while start_time(left["pid"]) == left["started"]:
                if time.monotonic() > until:
                    with suppress(ProcessLookupError):
                        os.killpg(left["pid"], signal.SIGKILL)
                time.sleep(0.05)
        (self.home / "running.json").unlink(missing_ok=True)

    def _launch(self, program: Program, *, shown: bool = False) -> subprocess.Popen[bytes]:
        try:
            if shown:
                return launch(program, None)
            with self._open_log(program.name) as log:
                return launch(program, log)
        except OSError as error:
            raise Failed(f"{program.name} could not be started: {error}.") from error

    def _open_log(self, name: str) -> IO[bytes]:
        path = self.log(name)
        if path.exists() and path.stat().st_size > LOG_BYTES:
            path.replace(path.with_suffix(".log.1"))
        return path.open("ab")

    def log(self, name: str) -> Path:
        """The file that holds what program `name` printed."""
        return self.home / "logs" / f"{name}.log"

    def _wait_until_ready(self, running: _Running, layer: list[_Running]) -> None:
        program, begun, told = running.program, time.monotonic(), False
        while program.ready and not program.ready():
            for one in layer:
                if one.process.poll() is not None:
                    raise Failed(f"{one.program.name} ended at once: {self._last_words(one.program.name)}")
            waited = time.monotonic() - begun
            if waited > program.patience:
                words = self._last_words(program.name)
                raise Failed(f"{program.name} was not ready in {program.patience:.0f} s: {words}")
            if waited > TOLD_AFTER_SECONDS and not told:
                told = True
                self.tell(f"{program.name} takes its time; what it says is in {self.log(program.name)}.")
            self._pause(0.02)

    def _last_words(self, name: str) -> str:
        path = self.log(name)
        lines = path.read_bytes()[-4000:].decode(errors="replace").split("\n") if path.exists() else []
        words = [line.strip() for line in lines if line.strip()]
        return f"{words[-1] if words else 'it said nothing'} (all of it in {path})"

    def _revive(self, running: _Running, now: float) -> None:
        """Start an ended program again: at once the first time, then after a growing pause."""
        program = running.program
        if not running.again_at:
            running.deaths = [at for at in running.deaths if now - at < DEATHS_WITHIN_SECONDS] + [now]
            if len(running.deaths) >= DEATHS_BEFORE_GIVING_UP:
                raise Failed(f"{program.name} keeps ending: {self._last_words(program.name)}")
            running.again_at = now + 0.5 * (2.0 ** (len(running.deaths) - 1) - 1.0)
            self.tell(f"{program.name} ended ({running.process.returncode}); starting it again.")
        if now >= running.again_at:
            running.again_at = 0.0
            running.process = self._launch(program)
            running.started = start_time(running.process.pid)
            self.note()

    def _end(self, layer: list[_Running]) -> None:
        """Send each program of a layer its one signal, wait, and kill what outstays its grace."""
        for running in layer:
            if running.process.poll() is None:
                with suppress(ProcessLookupError):
                    running.process.send_signal(running.program.stop_with)
        begun = time.monotonic()
        for running in layer:
            left = running.program.grace - (time.monotonic() - begun)
            try:
                running.process.wait(timeout=max(left, 0.1))
            except subprocess.TimeoutExpired:
                self.tell(f"{running.program.name} did not end in {running.program.grace:.0f} s: killed.")
                with suppress(ProcessLookupError):
                    os.killpg(running.process.pid, signal.SIGKILL)
                running.process.wait()

    def _pause(self, seconds: float) -> None:
        """Wait a moment, waking early when a child ends; raises Stopped on a signal."""
        if not self.listens:
            time.sleep(min(seconds, 0.2))
            return
        got = signal.sigtimedwait({*self._heard(), signal.SIGCHLD}, seconds)
        if got and got.si_signo != signal.SIGCHLD:
            raise Stopped(signal.Signals(got.si_signo).name)

    @staticmethod
    def _heard() -> set[signal.Signals]:
        """The signals that end us; HUP is not one of them under nohup."""
        return {s for s in LISTENED if s != signal.SIGHUP or signal.getsignal(s) != signal.SIG_IGN}

    def note(self) -> None:
        """Write what runs, and the facts, into running.json: whole or not at all."""
        rows = [
            {
                "name": one.program.name,
                "pid": one.process.pid,
                "started": one.started,
                "stop_with": int(one.program.stop_with),
                "grace": one.program.grace,
            }
            for layer in self._layers
            for one in layer
        ]
        fresh = self.home / "running.json.new"
        fresh.write_text(json.dumps({"supervisor": os.getpid(), **self.facts, "programs": rows}, indent=1))
        fresh.chmod(0o600)
        fresh.replace(self.home / "running.json")


def read_running(home: Path) -> dict[str, Any]:
    """What runs from this home: `programs` (name, pid, …) and the facts its owner noted; empty if none."""
    try:
        found = json.loads((home / "running.json").read_text())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def holder(home: Path) -> int | None:
    """The process that holds this home's lock; None where nobody does."""
    try:
        with (home / "lock").open() as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except OSError:
                return int(lock.read() or 0)
    except (OSError, ValueError):
        return None
    return None
