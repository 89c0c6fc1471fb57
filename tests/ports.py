"""Ports for servers that tests start."""

from __future__ import annotations

import secrets
import socket

# Below what the kernel gives to outgoing connections, so that none gets the port before the server does.
LOWEST, HIGHEST = 20_000, 32_000


def free_port() -> int:
    """A port of this machine that nobody listens on; not from `random`, whose seed two runs may share."""
    while True:
        port = LOWEST + secrets.randbelow(HIGHEST - LOWEST)
        with socket.socket() as trial:
            try:
                trial.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port
