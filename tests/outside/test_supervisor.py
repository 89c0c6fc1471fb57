"""The supervisor with real processes: how it ends, what it leaves, and what it finds the next time."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from outside import postgres
from outside.embedded_files import remove
from outside.programs import end_with_parent, start_time
from outside.supervisor import holder, read_running
from tests.waiting import LAST_RESORT, wait_until

ROOT = Path(__file__).resolve().parents[2]
Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """A home of its own in a private folder; afterwards all of it is gone, also root's data elsewhere."""
    tmp_path.chmod(0o700)
    yield tmp_path / "var"
    remove(tmp_path / "var")


@pytest.fixture
def start(home: Path) -> Iterator[Start]:
    """Start the trial house; what a test leaves running is ended."""
    begun: list[subprocess.Popen[str]] = []
    us = os.getpid()

    def before_exec() -> None:
        # A test run under nohup hands its deaf ear for HUP on; this house is to hear it.
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
        end_with_parent(us)

    def start_house(kind: str = "plain") -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, ROOT / "tests" / "outside" / "trial_house.py", home, kind],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            text=True,
            preexec_fn=before_exec,  # noqa: PLW1509
        )
        begun.append(process)
        return process

    yield start_house
    for process in begun:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            process.wait(LAST_RESORT)
        assert process.stdout
        process.stdout.close()


def line(house: subprocess.Popen[str]) -> str:
    """The next line that the house prints."""
    assert house.stdout
    return house.stdout.readline().strip()


def rest(house: subprocess.Popen[str]) -> tuple[int, list[str]]:
    """The exit code and the remaining lines of a house that ends."""
    assert house.stdout
    return house.wait(LAST_RESORT), house.stdout.read().splitlines()


def pids(home: Path) -> dict[str, int]:
    """The processes that the house noted, by name."""
    return {row["name"]: row["pid"] for row in read_running(home)["programs"]}


def left(processes: dict[str, int]) -> list[str]:
    """Which of these run still."""
    return [name for name, pid in processes.items() if start_time(pid)]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_each_ending_signal_ends_everything_in_order_with_exit_code_0(home: Path, start: Start, number: int):
    house = start()
    assert line(house).startswith("ready postgresql+psycopg://chorus@/chorus")
    ran = pids(home)
    assert list(ran) == ["postgres", "redis", "ours"]
    house.send_signal(number)
    assert rest(house) == (0, ["ending"])
    assert left(ran) == []
    # One signal each, and the database was still there while our program ended.
    assert (home / "said").read_text() == "1 signal, database says ['42']"
    assert not (home / "running.json").exists()
    assert holder(home) is None


def test_a_terminal_that_is_gone_does_not_keep_it_from_ending(home: Path, start: Start):
    house = start()
    line(house)
    ran = pids(home)
    assert house.stdout
    house.stdout.close()
    house.send_signal(signal.SIGHUP)
    assert house.wait(LAST_RESORT) == 0
    assert left(ran) == []


def test_a_second_signal_while_ending_changes_nothing(home: Path, start: Start):
    house = start()
    line(house)
    house.send_signal(signal.SIGINT)
    assert line(house) == "ending"
    house.send_signal(signal.SIGINT)
    house.send_signal(signal.SIGTERM)
    assert rest(house) == (0, [])
    assert (home / "said").read_text() == "1 signal, database says ['42']"


def test_ctrl_c_in_a_terminal_reaches_only_the_supervisor(home: Path, start: Start):
    house = start()
    line(house)
    sessions = {os.getsid(pid) for pid in pids(home).values()}
    assert sessions == set(pids(home).values())
    assert os.getsid(house.pid) not in sessions


def test_a_second_start_says_so_and_leaves_the_first_alone(home: Path, start: Start):
    first = start()
    url = line(first).removeprefix("ready ")
    second = start()
    assert rest(second) == (1, [f"failed: Already running: {home} is in use by process {first.pid}."])
    assert postgres.ask(url, "SELECT 1") == ["1"]
    assert holder(home) == first.pid


def test_the_next_start_finds_the_data(home: Path, start: Start):
    house = start()
    url = line(house).removeprefix("ready ")
    postgres.ask(url, "CREATE TABLE kept AS SELECT 7 AS n")
    house.send_signal(signal.SIGTERM)
    rest(house)
    assert postgres.ask(line(start()).removeprefix("ready "), "SELECT n FROM kept") == ["7"]


def test_after_sigkill_nothing_stays_behind_and_the_data_is_whole(home: Path, start: Start):
    house = start()
    url = line(house).removeprefix("ready ")
    postgres.ask(url, "CREATE TABLE kept AS SELECT 7 AS n")
    ran = pids(home)
    house.kill()
    wait_until(lambda: not left(ran), "everything to end")
    again = start()
    assert postgres.ask(line(again).removeprefix("ready "), "SELECT n FROM kept") == ["7"]


def test_a_leftover_that_ignores_its_signal_is_ended_by_the_next_start(home: Path, start: Start):
    house = start("stubborn")
    line(house)
    stubborn = pids(home)["ours"]
    house.kill()
    house.wait()
    wait_until((home / "deaf").exists, "the stubborn one to be told")
    assert left({"ours": stubborn}) == ["ours"]
    again = start()
    assert line(again) == f"Ending ours (process {stubborn}), left behind by an earlier start."
    assert line(again).startswith("ready ")
    assert start_time(stubborn) is None


def test_a_stranger_with_a_leftovers_number_is_left_alone(home: Path, start: Start):
    stranger = subprocess.Popen(["sleep", "infinity"])
    row = {"name": "ours", "pid": stranger.pid, "started": "another boot 1", "stop_with": 15, "grace": 1}
    home.mkdir()
    (home / "running.json").write_text(json.dumps({"programs": [row]}))
    try:
        assert line(start()).startswith("ready ")
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


@pytest.mark.parametrize("name", ["ours", "redis", "postgres"])
def test_a_killed_program_is_started_again(home: Path, start: Start, name: str):
    house = start()
    url = line(house).removeprefix("ready ")
    before = pids(home)
    os.kill(before[name], signal.SIGKILL)
    assert line(house) == f"{name} ended (-9); starting it again."
    wait_until(lambda: pids(home)[name] != before[name] and postgres.answers(url), f"another {name}")
    after = pids(home)
    assert {other for other in after if after[other] != before[other]} == {name}


def test_a_program_that_keeps_ending_ends_the_house_with_its_last_words(home: Path, start: Start):
    house = start("failing")
    line(house)
    code, lines = rest(house)
    assert code == 1
    assert lines == [
        *["ours ended (3); starting it again."] * 4,
        f"failed: ours keeps ending: no such luck (all of it in {home / 'logs' / 'ours.log'})",
    ]
