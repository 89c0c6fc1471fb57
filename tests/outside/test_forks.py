"""Forked processes, real ones: one signal each, begun again when they end, never left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from base.settings import ROOT
from outside.programs import Program, launch, start_time
from tests.waiting import LAST_RESORT, wait_until

NAMES = ("first", "second", "ending")


@pytest.fixture
def keeper(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The process that keeps three forks, all of which are at work."""
    words = (sys.executable, "tests/outside/trial_forks.py", str(tmp_path))
    with (tmp_path / "log").open("ab") as log:
        process = launch(Program("keeper", words, {**os.environ, "PYTHONPATH": str(ROOT)}, folder=ROOT), log)
    for name in NAMES:
        wait_until((tmp_path / name).exists, f"{name} to work", vain=lambda: process.poll() is not None)
    yield process
    process.kill()
    process.wait(LAST_RESORT)


def pid_of(folder: Path, name: str) -> int:
    """The number of the process that said last that it is this one."""
    return int((folder / name).read_text())


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_one_signal_ends_each_with_one_and_waits_for_them(keeper, tmp_path: Path, number: int):
    keeper.send_signal(number)
    assert keeper.wait(LAST_RESORT) == 0
    assert [(tmp_path / f"{name}.said").read_text() for name in ("first", "second")] == ["1", "1"]
    assert [start_time(pid_of(tmp_path, name)) for name in NAMES] == [None, None, None]


def test_one_that_is_killed_is_begun_again_and_the_others_go_on(keeper, tmp_path: Path):
    before = {name: pid_of(tmp_path, name) for name in NAMES}
    os.kill(before["first"], signal.SIGKILL)
    wait_until(lambda: pid_of(tmp_path, "first") != before["first"], "another first")
    assert {name for name in NAMES if pid_of(tmp_path, name) != before[name]} == {"first"}
    assert "first ended (-9)" in (tmp_path / "log").read_text()


def test_one_that_keeps_ending_ends_all(keeper, tmp_path: Path):
    (tmp_path / "end").touch()
    assert keeper.wait(LAST_RESORT) == 1
    assert (tmp_path / "log").read_text().splitlines() == ["ending ended (7)"] * 5 + ["ending keeps ending"]
    assert (tmp_path / "first.said").read_text() == "1"


def test_when_the_keeper_is_killed_each_gets_its_signal_from_the_kernel(keeper, tmp_path: Path):
    keeper.kill()
    for name in ("first", "second"):
        wait_until((tmp_path / f"{name}.said").exists, f"{name} to finish")
    wait_until(lambda: not any(start_time(pid_of(tmp_path, name)) for name in NAMES), "all to be gone")
