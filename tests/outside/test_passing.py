"""What is to be thrown away is: at a signal at once, after a kill by the next start."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from outside.embedded_files import PASSING, ROOTS_PLACE, remove, settle, sweep
from outside.programs import Program, launch, start_time
from tests.waiting import LAST_RESORT, wait_until

ROOT = Path(__file__).resolve().parents[2]
WAITING_TEST = """
import os, time
from pathlib import Path
def test_that_waits(app):
    Path({said!r} + ".part").write_text(str(os.getpid()))
    Path({said!r} + ".part").rename({said!r})
    time.sleep(3600)
"""
Start = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture
def temporary(tmp_path: Path) -> Path:
    """Where the processes of a test put what is temporary."""
    (tmp_path / "temporary").mkdir()
    return tmp_path / "temporary"


@pytest.fixture
def start(temporary: Path, tmp_path: Path) -> Iterator[Start]:
    """`start("-m", "outside.embedded", ...)`: a Python with its own temporary folder; killed in the end."""
    begun = []

    def start_python(*words: str) -> subprocess.Popen[bytes]:
        plain = {
            name: value for name, value in os.environ.items() if not name.startswith(("CHORUS_", "PYTEST_"))
        }
        with (tmp_path / "log").open("ab") as log:
            surroundings = {**plain, "TMPDIR": str(temporary), "PYTHONPATH": str(ROOT)}
            # Started in the background they would be deaf for INT, under nohup for HUP.
            hearing = ("env", "--default-signal", sys.executable, *words)
            program = Program("python", hearing, surroundings, folder=ROOT)
            begun.append(launch(program, log))
        return begun[-1]

    yield start_python
    for process in begun:
        process.kill()
        process.wait(LAST_RESORT)


def waiting_command(said: Path) -> tuple[str, ...]:
    """A command beside throw-away servers that has a child, says the child's number, and waits."""
    shell = f"sleep infinity & echo $! > {said}.part; mv {said}.part {said}; wait"
    return ("-m", "outside.embedded", "bash", "-c", shell)


def waiting_tests(said: Path) -> tuple[str, ...]:
    """A test run that says its number, and waits."""
    file = said.parent / "test_that_waits.py"
    file.write_text(WAITING_TEST.format(said=str(said)))
    return ("-m", "pytest", "-q", "-c", "pyproject.toml", "-p", "tests.conftest", str(file))


def number_in(said: Path, process: subprocess.Popen[bytes]) -> int:
    """The number of the process that waits, as soon as it does."""
    wait_until(said.exists, "the command to begin", vain=lambda: process.poll() is not None)
    return int(said.read_text())


def data_of(temporary: Path) -> list[Path]:
    """Where the servers of the homes in a temporary folder keep their data."""
    return [door.resolve() for door in temporary.glob(f"{PASSING}*/servers")]


KINDS = pytest.mark.parametrize("what", [waiting_command, waiting_tests])


@KINDS
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_all_and_leaves_nothing(
    what, number: int, start: Start, temporary: Path, tmp_path: Path
):
    process = start(*what(tmp_path / "said"))
    child = number_in(tmp_path / "said", process)
    data = data_of(temporary)
    assert [folder.exists() for folder in data] == [True]
    process.send_signal(number)
    code = process.wait(LAST_RESORT)
    assert code == (128 + number if what is waiting_command else pytest.ExitCode.INTERRUPTED)
    assert start_time(child) is None
    assert [folder.exists() for folder in data] == [False]
    assert [path.name for path in temporary.iterdir() if path.name.startswith("chorus")] == []


@KINDS
def test_what_was_killed_is_swept_by_the_next_start(what, start: Start, temporary: Path, tmp_path: Path):
    process = start(*what(tmp_path / "said"))
    child = number_in(tmp_path / "said", process)
    data = data_of(temporary)
    process.kill()
    process.wait(LAST_RESORT)
    assert [folder.exists() for folder in data] == [True]
    assert start("-m", "outside.embedded", "true").wait(LAST_RESORT) == 0
    assert start_time(child) is None
    assert [folder.exists() for folder in data] == [False]
    assert [path.name for path in temporary.iterdir() if path.name.startswith("chorus")] == []


def test_the_exit_code_is_the_commands_own(start: Start):
    assert start("-m", "outside.embedded", "bash", "-c", "exit 7").wait(LAST_RESORT) == 7


def test_what_others_use_is_not_swept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A home of a process that lives, and a home that is not for throwing away."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    homes = [tmp_path / f"{PASSING}{os.getpid()}-x", tmp_path / "chorus-of-somebody"]
    for home in homes:
        home.mkdir()
    sweep()
    assert [home.exists() for home in homes] == [True, True]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root's data lies elsewhere")
def test_roots_data_of_a_temporary_home_goes_once_the_home_has_gone(tmp_path: Path):
    """As after a cleared /tmp; the data of homes that stand anywhere else is never looked at."""
    gone, there = tmp_path / "gone", tmp_path / "there"
    for home in (gone, there):
        home.mkdir()
    data = [settle(home).data for home in (gone, there)]
    elsewhere = ROOTS_PLACE / "of-a-test"
    elsewhere.mkdir()
    (elsewhere / "home").write_text("/srv/no-such-chorus/var")
    try:
        (gone / "servers").unlink()
        gone.rmdir()
        sweep()
        assert [path.exists() for path in (*data, elsewhere)] == [False, True, True]
    finally:
        (elsewhere / "home").unlink()
        elsewhere.rmdir()
        remove(there)
