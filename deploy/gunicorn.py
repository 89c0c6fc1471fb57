"""How gunicorn serves Chorus, in the demo and live; the application's settings are its settings too."""

from __future__ import annotations

import gc
from typing import Any

from base.settings import current, said_in_one_line

with said_in_one_line():
    _settings = current()
    _settings.refuse_without_servers()

bind = f"127.0.0.1:{_settings.port}"
worker_class = "gthread"
workers = _settings.web_workers
threads = _settings.web_threads
preload_app = True
timeout = 60
graceful_timeout = 10
keepalive = 5
# A big page leaves its memory to the process that made it, so each is replaced now and then, not all at once.
# What is under way is finished first.
max_requests = 5000
max_requests_jitter = 2500
# Paths may hold tokens, so no path is ever logged; the application logs endpoints.
accesslog = None
errorlog = "-"
loglevel = "warning"
proc_name = "chorus"
# Heartbeat files on a disk can stall a worker; this folder is memory on every Linux.
worker_tmp_dir = "/dev/shm"  # noqa: S108
# gunicorn's own remote control, which nobody here uses.
control_socket_disable = True
# A proxy in front (live) says whether the visitor came by https; nothing else on this machine is believed.
forwarded_allow_ips = "127.0.0.1"


def when_ready(server: Any) -> None:
    """Before the first worker is forked: spare what is loaded from garbage collection; it stays shared."""
    gc.collect()
    gc.freeze()
