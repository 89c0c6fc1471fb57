"""What a program is, how one is launched, and how one is recognised later."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

PR_SET_PDEATHSIG = 1

_libc = ctypes.CDLL(None, use_errno=True)


def end_with_parent(parent: int, stop_with: signal.Signals = signal.SIGTERM) -> None:
    """In a forked child: get this signal from the kernel once `parent`, which forked it, is gone."""
    _libc.prctl(PR_SET_PDEATHSIG, int(stop_with))
    if os.getppid() != parent:
        os._exit(1)


@dataclass(frozen=True)
class Account:
    """The system account that a program runs as."""

    uid: int
    gid: int


@dataclass(frozen=True)
class Program:
    """One program to run in the foreground, in a session of its own.

    `ready` says whether it can be used yet: asked again and again until it can or the program has ended (only
    what hangs is given up, after `patience` seconds: a busy machine takes its time).
    `stop_with` is the one signal that ends it, `grace` the seconds it then has before it is killed with its
    whole process group.
    """

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    account: Account | None = None
    folder: Path | None = None
    ready: Callable[[], bool] | None = None
    patience: float = 900.0
    stop_with: signal.Signals = signal.SIGTERM
    grace: float = 15.0


def start_time(pid: int) -> str | None:
    """When process `pid` started, as boot and clock ticks; None where it does not run (a zombie does not)."""
    try:
        after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except (OSError, ValueError):
        return None
    return None if after_name[0] in "ZX" else f"{boot} {after_name[19]}"


def launch(program: Program, output: IO[bytes] | None) -> subprocess.Popen[bytes]:
    """Start a program in a session of its own, its output going to `output` (None: shown); raises OSError.

    If the process that calls this is killed, the kernel sends the program its `stop_with`.
    """
    parent = os.getpid()

    def before_exec() -> None:
        # After the change of account, which clears it. Where the parent is gone already, nobody wants us.
        end_with_parent(parent, program.stop_with)
        # Whoever was started in the background is deaf for INT, and would hand that on.
        signal.signal(program.stop_with, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_SETMASK, set())

    account: dict[str, Any] = {}
    if program.account:
        account = {"user": program.account.uid, "group": program.account.gid, "extra_groups": []}
    return subprocess.Popen(
        program.command,
        env=dict(program.environment),
        cwd=program.folder,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT if output else None,
        start_new_session=True,
        preexec_fn=before_exec,  # noqa: PLW1509 - nothing that starts programs runs threads
        **account,
    )
