"""The physical limits: what the same servers and the same library do when there is nothing else to do.

`bench.bare:app` is a Flask application with one page, the bytes of which stand in a file (BARE_PAGE): the
event's page as Chorus has compressed it, without Chorus.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from flask import Flask, Response

from awards.certificates.queries import trial_page
from bench import crowd
from bench.client import Visitor, address_of
from bench.event_page import CLIENTS, EVENT, SECONDS
from bench.house import ROOT, House, free_port
from bench.report import Runs, Unmeasured, repeat
from bench.world import World
from outside import pdf

CERTIFICATES = 250
STARTS_WITHIN = 30.0

app = Flask(__name__)


@app.get("/events/<slug>")
def page(slug: str) -> Response:
    """The bytes of BARE_PAGE, whatever is asked for."""
    return Response(
        Path(os.environ["BARE_PAGE"]).read_bytes(), mimetype="text/html", headers={"Content-Encoding": "gzip"}
    )


def measure_page(world: World, times: int) -> Runs:
    """bare_page_per_second: 8 clients read a bare Flask page, as event_page_per_second reads Chorus'.

    The same gunicorn settings, the same number of bytes; no database, no template.
    """
    world.wait_until_quiet()
    answer = Visitor(world.house.port, address_of(0)).get(f"/events/{EVENT}")
    kept = world.house.home / "bare-page.gz"
    kept.write_bytes(answer.raw)
    with _served(world.house, kept) as port:
        plan = {"port": port, "event": EVENT, "clients": CLIENTS, "seconds": SECONDS, "bookings": []}

        def run(_: int) -> dict[str, float]:
            milliseconds = crowd.send("read_pages", plan)["milliseconds"]
            return {"bare_page_per_second": len(milliseconds) / SECONDS}

        return repeat(times, run)


@contextlib.contextmanager
def _served(house: House, kept: Path) -> Iterator[int]:
    """The bare page served by deploy/gunicorn.py at a port of its own; raises Unmeasured."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.py", "bench.bare:app"],
        cwd=ROOT,
        env=house.environment() | {"PORT": str(port), "BARE_PAGE": str(kept)},
    )
    try:
        until = time.monotonic() + STARTS_WITHIN
        while not _answers(port):
            if process.poll() is not None or time.monotonic() > until:
                raise Unmeasured("the bare page is not served")
            time.sleep(0.05)
        yield port
    finally:
        process.terminate()
        process.wait()


def _answers(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


def measure_certificates(world: World, times: int) -> Runs:
    """bare_certificates_per_second: as many processes as there are workers lay out one certificate each time.

    From HTML to the bytes of a PDF/UA-1 and no further: no queue, no rows, no file, no fsync.
    """
    with world.app.app_context():
        shown = trial_page()
        text = world.app.jinja_env.get_template(shown.template).render(**shown.values)
    pdf.make_pdf(text, shown.stylesheet)
    workers = world.house.settings().job_workers

    def run(_: int) -> dict[str, float]:
        context = multiprocessing.get_context("fork")
        share = CERTIFICATES // workers
        crews = [
            context.Process(target=_lay_out, args=(text, shown.stylesheet, share)) for _ in range(workers)
        ]
        began = time.perf_counter()
        for crew in crews:
            crew.start()
        for crew in crews:
            crew.join()
        if any(crew.exitcode for crew in crews):
            raise Unmeasured("a process that lays out certificates has failed")
        return {"bare_certificates_per_second": share * workers / (time.perf_counter() - began)}

    return repeat(times, run)


def _lay_out(text: str, stylesheet: str, many: int) -> None:
    for _ in range(many):
        pdf.make_pdf(text, stylesheet)
