"""A small house for test_supervisor.py to start, signal and kill: both databases and one program of ours.

python tests/outside/trial_house.py HOME [KIND]; the program writes HOME/said when it ends.
KIND: plain · stubborn (notes TERM and goes on) · failing (ends at once, again and again).
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from outside import embedded
from outside.programs import Program
from outside.supervisor import Failed, Stopped, Supervisor, say

PLAIN = """
import signal, sys, time
from pathlib import Path
from outside import postgres
signals = []
signal.signal(signal.SIGTERM, lambda number, frame: signals.append(number))
Path(HOME, "up").touch()
while not signals:
    time.sleep(0.05)
time.sleep(0.5)
Path(HOME, "said").write_text(f"{len(signals)} signal, database says {postgres.ask(URL, 'SELECT 42')}")
"""
STUBBORN = """
import signal, time
from pathlib import Path
signal.signal(signal.SIGTERM, lambda *_: Path(HOME, "deaf").touch())
Path(HOME, "up").touch()
while True:
    time.sleep(60)
"""
FAILING = "import sys; print('no such luck'); sys.exit(3)"
KINDS = {"plain": PLAIN, "stubborn": STUBBORN, "failing": FAILING}


def main(home: Path, kind: str) -> int:
    """Run the house until a signal ends it, as website/run.py does with the real one."""
    try:
        with Supervisor(home) as house:
            try:
                url = embedded.start_postgres(house, durable=False)
                embedded.start_redis(house)
                (home / "up").unlink(missing_ok=True)
                code = f"HOME, URL = {str(home)!r}, {url!r}\n{KINDS[kind]}"
                ready = None if kind == "failing" else (home / "up").exists
                program = Program(
                    "ours", (sys.executable, "-c", code), dict(os.environ), ready=ready, grace=2
                )
                house.start(program)
                say(f"ready {url}")
                house.watch()
            except Stopped:
                say("ending")
    except Failed as error:
        say(f"failed: {error}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "plain"))
